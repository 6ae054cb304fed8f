"""Sentences that every sector shares: the approach, the stage, the team, the wish."""

from agreements.edition_2017.text import texts

# {a_product} has its article in English; {aim} is "for …", in Chinese 面向/针对/用于….
APPROACHES = texts("""
The project offers {a_product} that uses {means} and is meant for {use}. | 本项目以{means}为核心，研制{aim}的{product}。
Using {means}, the team has developed {a_product} for {use}. | 团队运用{means}，开发出{aim}的{product}。
The answer proposed is {a_product}, made possible by {means}. | 本项目给出的方案是{product}，其关键在于{means}。
Years of work on {means} have led to {a_product} for {use}. | 团队在{means}方向深耕多年，形成了{aim}的{product}。
The team joins {means} to a close knowledge of {use}; the result is {a_product}. | 团队将{means}与{use}方面的实践经验相结合，形成{product}成果。
{A_product} using {means} is to close this gap. | 本项目以采用{means}的{product}填补这一空白。
The project is the first in China to use {means} in {a_product}. | 项目在国内率先将{means}应用于{product}。
""")

PLANS = texts("""
The plan is to develop {a_product} for {use} by means of {means}. | 项目拟采用{means}，研发{aim}的{product}。
{A_product} using {means} is to close this gap. | 本项目拟以采用{means}的{product}填补这一空白。
The answer proposed is {a_product}, made possible by {means}. | 本项目提出的方案是{product}，其关键在于{means}。
""")

PLAIN_STAGES = {
    "idea": texts("""
    The principle has been shown by calculation, and a patent application is filed. | 原理已通过计算验证，并已提交专利申请。
    A first feasibility study with a university laboratory has been completed. | 已与高校实验室合作完成可行性研究。
    Results so far come from simulation; a first prototype is planned for the summer of 2018. | 目前成果来自仿真，首个原型计划于2018年夏季完成。
    """),
    "prototype": texts("""
    A working prototype has been under test since the spring. | 样机自今年春季起开展测试。
    Two prototypes have been built and compared with the best product on the market. | 已完成两轮样机，并与市场最优产品进行了对比。
    The prototype is being prepared for tests by an independent body. | 样机正在准备第三方检测。
    The laboratory version works; the next step is a design for production. | 实验室版本已跑通，下一步为工程化设计。
    """),
    "pilot": texts("""
    Two partners are trying it out in daily work. | 目前有两家合作单位在日常工作中试用。
    A pilot with a first customer runs until the end of the year. | 与首家客户的试点将持续至年底。
    Small batches are being made for pilot customers. | 正在为试点客户小批量供货。
    After a first pilot, the design has been revised and frozen. | 首轮试点后设计已完成修订并定型。
    """),
    "market": texts("""
    It has been on sale since {year}. | 产品已于{year}年上市销售。
    First orders came in {year}; about a third of the customers have ordered again. | {year}年获得首批订单，约三分之一的客户复购。
    Sales last year came to {sales} million yuan. | 上年销售额{sales}00万元。
    """),
    "growth": texts("""
    Revenue has doubled two years in a row. | 营业收入连续两年翻番。
    Sales last year came to {sales}0 million yuan, and half of them were exports. | 上年销售额{sales}000万元，其中一半为出口。
    It is sold in {states} countries, and a second production site is being planned. | 产品销往{states}个国家，正在规划第二生产基地。
    """),
}

DRUG_STAGES = {
    "idea": texts("""
    Results so far come from cell cultures; animal studies are planned for 2018. | 目前成果来自细胞实验，动物实验计划于2018年开展。
    The target has been validated, and a patent application is filed. | 靶点已完成验证，并已提交专利申请。
    """),
    "prototype": texts("""
    Animal studies have been under way since the spring. | 动物实验自今年春季起开展。
    A candidate has been chosen, and safety studies are being prepared. | 已确定候选品种，正在准备安全性评价。
    The laboratory process works; the next step is production under GMP. | 实验室工艺已打通，下一步为GMP条件下的生产。
    """),
    "pilot": texts("""
    A first clinical study has begun at two hospitals. | 首个临床研究已在两家医院启动。
    The application for clinical trials has been accepted by the authority. | 临床试验申请已获受理。
    Ethical approval for a first study in patients has been given. | 首次患者研究已通过伦理审查。
    """),
    "market": texts("""
    It has been approved in one market abroad since {year}. | 产品已于{year}年在境外一个市场获批。
    Rights for Southeast Asia were licensed in {year}; those for China are open. | {year}年已授出东南亚权益，中国区权益尚待合作。
    """),
    "growth": texts("""
    The company's earlier products brought in {sales}0 million yuan last year. | 公司已有产品上年销售额{sales}000万元。
    It is approved in {states} countries; approval in China is being sought. | 产品已在{states}个国家获批，正在申请中国注册。
    """),
}

DEVICE_STAGES = {
    "idea": texts("""
    The principle has been shown in the laboratory, and a patent application is filed. | 原理已在实验室得到验证，并已提交专利申请。
    A feasibility study with a teaching hospital has been completed. | 已与教学医院合作完成可行性研究。
    """),
    "prototype": texts("""
    A working prototype has been under test since the spring. | 样机自今年春季起开展测试。
    Type testing by the institute in charge is being prepared. | 正在准备注册检验。
    Physicians of two hospitals have tried the prototype and asked for few changes. | 两家医院的医生试用后，仅提出少量改进意见。
    """),
    "pilot": texts("""
    A clinical evaluation has begun at two hospitals. | 临床评价已在两家医院启动。
    The file for registration has been handed in. | 产品注册资料已提交。
    After a first series of patients, the design has been revised and frozen. | 完成首批病例后，设计已修订定型。
    """),
    "market": texts("""
    It carries the CE mark and has been on sale since {year}. | 产品已获CE认证，并于{year}年上市。
    Sales last year came to {sales} million yuan. | 上年销售额{sales}00万元。
    """),
    "growth": texts("""
    It is sold in {states} countries, and a second production site is being planned. | 产品销往{states}个国家，正在规划第二生产基地。
    Revenue has doubled two years in a row. | 营业收入连续两年翻番。
    """),
}

STAGES = {"plain": PLAIN_STAGES, "drug": DRUG_STAGES, "device": DEVICE_STAGES}

TEAMS = texts("""
The core team of {team} met at {org}. | 核心团队{team}人，均有{org}的学习或工作经历。
Behind it stand {team} people, {doctors} of them with doctorates. | 团队现有{team}人，其中博士{doctors}人。
The holder leads a team of {team} at {org}. | 项目负责人在{org}带领{team}人的团队。
{patents} patents have been granted and as many are pending. | 已获授权专利{patents}项，另有同等数量专利在审。
""")

WISHES = {
    "funding": texts("""
    The team seeks {funding} for the next 18 months. | 团队拟融资{funding}，用于未来18个月的发展。
    {funding} would carry the project through its next stage. | 下一阶段发展需资金{funding}。
    A round of {funding} is open to investors. | 现开放融资{funding}。
    """),
    "partner": texts("""
    A partner from Zhejiang with experience in {use} is welcome. | 期待与浙江省内在{use}方面有经验的伙伴合作。
    It looks for a partner in Hangzhou for trials and sales. | 寻求在杭合作伙伴，共同开展应用示范与市场推广。
    Joint development with a company or institute of the region is wanted. | 希望与本地企业或科研院所联合研发。
    """),
    "space": texts("""
    It needs {space} square metres in one of the city's parks. | 需要园区场地{space}平方米。
    The team wants to settle in Hangzhou and looks for {space} square metres. | 团队有意落户杭州，需场地{space}平方米。
    """),
    "talent": texts("""
    {hires} people are to be hired in Hangzhou within a year. | 计划一年内在杭招聘{hires}人。
    The team wants to take on {hires} engineers and a sales manager. | 拟引进工程技术人员{hires}名及市场负责人1名。
    """),
}

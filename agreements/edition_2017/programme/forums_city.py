"""Forums on the city, its talent, capital and services. forums.py says how to read this."""

BLOCK = """
= talent-and-the-city | 1 | 2017-11-08 14:00 | west-lake | International Forum on Talent and the City | 人才与城市国际论坛
M CN G | urban talent policy | 城市人才政策
D Can a city plan for talent, or only make room for it? | 城市能规划人才，还是只能为人才留出空间？
T en | US P | economic geography | 经济地理学 | Why talent clusters, and why it sometimes leaves | 人才为何集聚，又为何离开 | Three decades of data on forty cities show that people follow housing and schools almost as much as jobs. What does that mean for a city that grows by a quarter of a million people a year? | 基于四十座城市三十年的数据，人才流动几乎同等程度地取决于住房、教育与就业。对于每年新增二十余万人口的城市，这意味着什么？
T zh | CN P | population and labour economics | 人口与劳动经济学 | Net inflow of job-seekers: what the figure counts and what it misses | 求职人才净流入：指标的内涵与局限 | Hangzhou leads the country in net inflow. The talk takes the figure apart, by age, by trade and by distance travelled. | 杭州人才净流入率居全国前列。报告从年龄、行业与迁移距离三个维度拆解这一指标。
T en | DE P | comparative innovation policy | 比较创新政策 | The town that trains its neighbours: vocational education as talent policy | 为邻城育才：作为人才政策的职业教育 | Engineers need technicians. A German region explains how its companies share the training of both. | 工程师离不开技师。德国某地区分享企业如何共同培养两类人才。
T en | SG E | public service design | 公共服务设计 | Eleven forms into one: a newcomer's first week in the city | 十一张表变一张表：新到人才的第一周 | From residence permit to school place: how one service counter replaced eleven, and what it took behind the counter. | 从居留许可到子女入学，一个窗口如何取代十一个窗口，后台又发生了什么改变。
= returned-founders | 2 | 2017-11-09 14:00 | west-lake | Forum on Returned Founders and Venture Capital | 海归创业与风险投资论坛
M CN I | early-stage technology investment | 早期科技投资
D The first million: from whom, for what, at what price? | 第一个一百万：谁来投、投什么、什么价？
T zh | CN I | seed investment in hard technology | 硬科技天使投资 | What we read in the first ten minutes of a business plan | 商业计划书前十分钟我们看什么 | Of 1,200 plans a year, 15 are funded. A partner goes through three that were, and three that should have been. | 一年看1200份计划书，最终投资15家。合伙人复盘三个投中的项目和三个错过的项目。
T zh | US F | photonics entrepreneurship | 光电领域创业 | Two shores, one company: building a team across the Pacific | 跨越太平洋：一家公司两地团队的搭建 | Where to keep research, where to make the product, and how to hold a meeting in two time zones without losing half the team. | 研发放在哪里、制造放在哪里，以及如何跨时区协作而不掉队。
T en | IL I | venture capital in medical technology | 医疗科技风险投资 | Small country, large exits: lessons that travel, and some that do not | 小国家，大退出：可以借鉴与无法复制的经验 | What founders can learn from an ecosystem that sells early, and why Hangzhou may do better by selling late. | 创业者可以从“早退出”的生态中学到什么，为什么杭州或许更适合“晚退出”。
T zh | CN I | government guidance funds | 政府引导基金 | Guidance funds: public money with private discipline | 政府引导基金：公共资金与市场纪律 | Ten years of guidance funds in Zhejiang: returns, failures, and the rules that made the difference. | 浙江引导基金十年回顾：收益、失败，以及真正起作用的规则。
= young-scholars | 3 | 2017-11-09 14:00 | xixi | Forum of Young Scholars Overseas | 海外青年学者论坛
M GB P | research careers | 科研职业发展
D Come, stay, commute: three ways to work with a Chinese laboratory | 回国、留任、双栖：与中国实验室合作的三种方式
T en | GB P | soft condensed matter physics | 软凝聚态物理 | Starting a group: the first thousand days | 组建课题组：最初的一千天 | Equipment, students, grants, sleep: a frank account of what came first and what should have. | 设备、学生、经费、睡眠：坦率回顾哪些事先做了，哪些本该先做。
T en | US P | computational neuroscience | 计算神经科学 | Open data for brain research between two continents | 跨洲脑科学研究的数据开放 | How two laboratories share forty terabytes a month within the law of both countries. | 两个实验室如何在两国法律框架内每月共享四十太字节数据。
T zh | JP P | polymer chemistry | 高分子化学 | From postdoctoral fellow in Kansai to start-up in Xiasha | 从关西博士后到下沙创业者 | A membrane that failed in the laboratory and found its market in a dyeing works. | 一张在实验室“失败”的膜，如何在印染厂找到市场。
T zh | CN P | research evaluation | 科研评价 | Evaluation without counting papers: an experiment | 不数论文的评价：一项试点 | Five faculties tried it for two years. Results, resistance, and what will be kept. | 五个院系试行两年的结果、阻力与保留下来的做法。
= digital-city | 4 | 2017-11-10 09:00 | west-lake | Forum on the Digital Economy and the Smart City | 数字经济与智慧城市论坛
M CN E | urban data platforms | 城市数据平台
D Who owns the data of a street? | 一条街的数据归谁所有？
T zh | CN E | traffic engineering with big data | 大数据交通工程 | Green waves at night, buses by day: one year of learning traffic lights | 夜间绿波、白天公交：信号灯自学习一年 | A district handed 128 crossings to an algorithm and kept the right to take them back. The figures of the first year. | 某区将128个路口交给算法，并保留随时收回的权利。首年数据首次公布。
T en | ES P | urban informatics | 城市信息学 | Measuring a city without watching its people | 测量城市而不窥视市民 | Footfall, noise and heat can be known without faces or telephones. Methods and their limits. | 不采集人脸与手机信息，也能了解人流、噪声与热岛。方法与边界。
T zh | CN E | cloud infrastructure | 云基础设施 | What a shopping festival teaches a power grid | 购物节给电网的启示 | Peaks a hundred times the mean are planned for in one trade and feared in another. | 百倍于均值的峰值，一个行业习以为常，另一个行业谈之色变。
T en | KR E | smart home standards | 智能家居标准 | Devices that still work when the company is gone | 公司消失之后，设备还能用吗 | Open protocols for things that last longer than their makers. | 为比厂商更长寿的设备制定开放协议。
= talent-services | 5 | 2017-11-10 13:30 | west-lake | Forum on International Talent Services | 国际人才服务论坛
M CN G | services for foreign experts | 外国专家服务
D The family decides: schools, doctors, spouses | 全家人的决定：学校、医疗与配偶就业
T zh | CN G | work and residence permits | 工作与居留许可 | One permit instead of two: half a year of the new system for foreigners | 两证合一半年：外国人来华工作许可新制度 | Since April 2017 there is one work permit in three categories. Numbers from the counter and the commonest mistakes. | 2017年4月起实行统一的外国人工作许可制度，分A、B、C三类。来自窗口的数据与常见错误。
T en | CA E | international recruitment | 国际招聘 | Hiring across borders without losing candidates on the way | 跨境招聘：如何不在途中流失候选人 | From first call to first day takes 140 days on average. Where they go, and which of them can be saved. | 从首次联系到入职平均140天，时间花在哪里，哪些可以节省。
T en | NL P | migration studies | 移民研究 | Why they stay: a survey of 900 researchers in six cities | 他们为何留下：六座城市九百名科研人员调查 | Salary explains who comes. Something else explains who stays. | 薪酬决定谁会来，另一些因素决定谁会留。
T zh | CN E | talent housing | 人才住房 | A thousand flats in three years: talent housing in practice | 三年千套：人才住房实践 | Allocation, rent, turnover: what worked in one district and what was changed. | 分配、租金与周转：一个城区的做法与调整。
= ip-transfer | 6 | 2017-11-10 13:30 | canal | Forum on Intellectual Property and Technology Transfer | 知识产权与成果转化论坛
M CN P | technology transfer | 技术转移
D A patent is not a product: who pays for the years between? | 专利不等于产品：中间的几年谁来买单？
T zh | CN P | patent law | 专利法 | Who owns it? Inventions made between two employers | 归谁所有？跨单位发明的权属 | Part-time posts and joint laboratories make ownership complicated. Clauses that keep the peace. | 双聘与联合实验室使权属复杂化，哪些条款可以避免纠纷。
T en | FI E | licensing of university inventions | 高校专利许可 | The licence on two pages | 两页纸的许可合同 | Short contracts are signed sooner and broken less often. Evidence from 300 licences. | 合同越短，签得越快、违约越少。来自300份许可的证据。
T zh | CN I | patent valuation | 专利评估 | What is a patent worth on the day of signing? | 签约当日，一项专利值多少钱？ | Cost, market, income: three methods and why they differ by a factor of ten. | 成本法、市场法、收益法：三种方法为何相差十倍。
T en | CH P | contract research | 合同科研 | Pilot plants shared by many | 共享中试平台 | Between laboratory and factory lies a building nobody wants to pay for alone. | 实验室与工厂之间，隔着一栋谁都不愿独自出资的楼。
"""

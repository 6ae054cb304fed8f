"""What projects in financial services are about. families.py says how to read this."""

BLOCK = """
= payment-banking
P payment terminal | 支付终端 #124 ; settlement platform | 清结算平台 #13 ; merchant wallet | 商户钱包 #124 ; offline payment card | 离线支付卡 #14
T tokenized card data | 支付标记化 ; face recognition | 人脸识别 ; distributed ledgers | 分布式账本 ; near-field communication | 近场通信
U public transport | 公共交通 ; cross-border tourism | 跨境旅游 ; farmers' markets | 农贸市场 ; hospital payments | 医院缴费 ; campus canteens | 校园食堂
N Queues in {use} form at the till, not at the counter. | {use}中的排队往往发生在付款环节。
N Visitors from abroad cannot use the means of payment that are usual in {use} in China. | 境外来访者难以使用{use}中普遍采用的移动支付方式。
F 200-400 | A payment takes {n} milliseconds and works in tunnels without a network. | 单笔支付耗时{n}毫秒，在无网络的隧道内同样可用。
D 6-20 | Pilot merchants in {n} cities handle small payments with it every day. | {n}个城市的试点商户每天使用其完成小额收款。
--
P core banking system | 核心银行系统 #1 ; open banking gateway | 开放银行网关 #12 ; account opening service | 远程开户服务 #23 ; robotic process suite | 流程机器人套件 #34
T microservices | 微服务架构 ; remote identity verification | 远程身份核验 ; optical character recognition | 文字识别 ; process mining | 流程挖掘
U city commercial banks | 城市商业银行 ; rural credit unions | 农村信用社 ; village and township banks | 村镇银行 ; consumer finance companies | 消费金融公司 ; private banks | 民营银行
N It takes {use} nine months to bring a new product through their old systems. | {use}依托旧系统推出一款新产品需要九个月。
N Clerks at {use} type in again what the customer has written down already. | {use}的柜员仍需重复录入客户已填写的信息。
D 5-15 | A new product goes live in {n} days. | 新产品上线周期缩短至{n}天。
D 60-90 | {n} per cent of back-office forms are now handled without retyping. | {n}%的后台单据无需再次录入。
= risk-credit
P credit scoring model | 信用评分模型 ; anti-fraud engine | 反欺诈引擎 ; early-warning system | 风险预警系统 ; corporate credit portrait | 企业信用画像系统
T machine learning on transaction graphs | 交易图谱机器学习 ; federated learning | 联邦学习 ; alternative data | 替代数据 ; explainable models | 可解释模型
U loans to small firms | 小微企业贷款 ; online lending | 网络借贷 ; farm credit | 农户信贷 ; trade finance | 贸易融资 ; car leasing | 汽车租赁
N Two thirds of those who ask for {use} have no credit record. | 申请{use}的客户中，三分之二没有信用记录。
N Organized fraud in {use} shows only in the connections between applicants. | {use}中的团伙欺诈，只有在申请人之间的关联中才能显现。
F 18-40 | At the same share of approvals, losses fall by {n} per cent. | 在通过率不变的情况下，损失率下降{n}%。
D 5-18 | {n} lenders have it in daily use. | 已有{n}家放贷机构日常使用。
--
P compliance monitor | 合规监测系统 #14 ; anti-money-laundering platform | 反洗钱平台 #234 ; regulatory reporting tool | 监管报送工具 #14 ; risk alert service | 风险提示服务 #123
T natural language processing | 自然语言处理 ; entity resolution | 实体识别与消歧 ; complex event processing | 复杂事件处理 ; knowledge graphs | 知识图谱
U securities brokers | 证券经纪商 ; private fund managers | 私募基金管理人 ; payment institutions | 支付机构 ; local financial regulators | 地方金融监管部门 ; futures exchanges | 期货交易所
N Rules for {use} change weekly, and reading them has become a profession of its own. | 面向{use}的监管规则每周更新，解读规则已成为专门工作。
N Nine of ten alarms at {use} turn out to be false. | {use}收到的预警中九成为误报。
D 50-80 | False alarms fell by {n} per cent in a parallel run of six months. | 六个月并行测试中，误报减少{n}%。
F 300-900 | It follows {n} sources of rules and announcements. | 持续跟踪{n}个规则与公告来源。
= insurance-wealth
P claims assessment service | 智能理赔服务 #14 ; pricing engine | 智能定价引擎 #24 ; loss prevention service | 防灾减损服务 #23 ; underwriting assistant | 核保助手 #14
T document and image recognition | 单证与图像识别 ; telematics | 车联网与位置数据 ; weather data | 气象数据 ; actuarial machine learning | 精算机器学习
U motor insurance | 车险 ; tea and rice farming | 茶稻种植 ; travel insurance | 旅行保险 ; food delivery | 外卖配送 ; outpatient care | 门诊医疗
N In {use}, a small claim costs more to handle than to pay. | {use}领域小额案件的处理成本甚至高于赔款。
N Premiums in {use} follow averages, so the careful pay for the careless. | {use}的保费按平均水平厘定，谨慎者为疏忽者买单。
F 4-12 | Small claims are settled in {n} minutes from photograph to payment. | 小额案件从拍照到赔付仅需{n}分钟。
D 10-60 | More than {n}0,000 policies have been written with it. | 已据此承保超过{n}万份保单。
--
P robo-advisory service | 智能投顾服务 #123 ; retirement planning tool | 养老规划工具 #23 ; portfolio risk engine | 组合风险引擎 #12 ; fund research terminal | 基金研究终端 #14
T factor models | 因子模型 ; Monte Carlo simulation | 蒙特卡洛模拟 ; behavioural profiling | 行为画像 ; reinforcement learning | 强化学习
U retail investors | 个人投资者 ; family offices | 家族办公室 ; insurance asset managers | 保险资产管理机构 ; private banking clients | 私人银行客户 ; company pension schemes | 企业年金计划
N {use} are sold products by commission, not by need. | 面向{use}的产品销售往往以佣金而非需求为导向。
N Few tools for {use} tell in plain words how much can be lost. | 面向{use}的工具很少能用通俗语言说明可能的损失。
F 3-9 | Model portfolios stayed within their stated risk in all of {n} years of back-testing. | 在{n}年回测中，模型组合始终未超出既定风险水平。
D 2-8 | Partner institutions manage more than {n} billion yuan with it. | 合作机构借助该系统管理资产超过{n}0亿元。
= supply-chain-finance
P receivables platform | 应收账款融资平台 #134 ; warehouse receipt registry | 仓单登记系统 #12 ; purchase order financing service | 订单融资服务 #34 ; supplier payment network | 供应商支付网络 #14
T blockchain receipts | 区块链凭证 ; IoT-monitored collateral | 物联网监管质押 ; invoice matching | 发票智能核验 ; smart contracts | 智能合约
U the textile trade | 纺织行业 ; the car parts industry | 汽车零部件行业 ; the building materials trade | 建材行业 ; e-commerce supply | 电商供货 ; the hardware export trade | 五金出口行业
N Small firms in {use} wait 90 days for their money while the bank knows only the large ones. | {use}中的小企业回款需等待90天，而银行只了解其中的龙头企业。
N The same goods in {use} have been pledged twice more than once. | {use}中同一批货物重复质押的情况时有发生。
D 2-6 | Financing is paid out within {n} hours of a confirmed delivery. | 确认收货后{n}小时内即可放款。
D 300-900 | {n} suppliers have joined on the invitation of their buyers. | 经核心企业邀请，已有{n}家供应商入网。
--
P foreign exchange hedging tool | 汇率避险工具 #12 ; cross-border settlement service | 跨境结算服务 #14 ; export credit platform | 出口信用平台 #34 ; tax refund service | 退税服务平台 #34
T multi-currency virtual accounts | 多币种虚拟账户 ; rate forecasting | 汇率预测 ; customs data matching | 报关数据核验 ; distributed ledgers | 分布式账本
U small exporters | 中小外贸企业 ; software outsourcing firms | 软件外包企业 ; cross-border online shops | 跨境电商企业 ; contractors on Belt and Road projects | “一带一路”工程企业 ; trade fair organizers | 会展企业
N A swing of three per cent in the exchange rate is the whole margin for {use}. | 汇率波动3%就足以抵消{use}的全部利润。
N Money sent abroad by {use} passes through four banks and loses a day at each. | {use}的跨境汇款需经过四家银行，每经一家便耽搁一天。
F 40-70 | Fees are {n} per cent lower than by bank transfer. | 费用较银行电汇低{n}%。
F 8-22 | Collections are possible in {n} currencies. | 支持{n}种货币收款。
"""

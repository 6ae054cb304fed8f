"""What projects in information technology are about. families.py says how to read this."""

BLOCK = """
= artificial-intelligence
P visual inspection system | 视觉检测系统 ; defect recognition engine | 缺陷识别引擎 #13 ; quality-control camera | 智能质检相机 ; inspection robot cell | 检测机器人工作站
T few-shot deep learning | 小样本深度学习 ; multispectral imaging | 多光谱成像 ; self-supervised vision models | 自监督视觉模型 ; 3D structured light | 三维结构光
U silk and textile mills | 丝绸与纺织企业 ; circuit board production | 印制电路板生产 ; battery electrode coating | 电池极片涂布 ; glass and lens production | 玻璃与镜片生产 ; pharmaceutical packaging | 药品包装
N In {use}, most defects are still found by eye, and a tired inspector misses one in ten. | 目前{use}的瑕疵仍以人工目检为主，疲劳状态下漏检率可达一成。
N Collecting thousands of defect samples takes a plant longer than the product lives. | 企业为训练模型收集数千张缺陷样本，所需时间往往超过产品生命周期。
F 20-60 | It learns a new defect from {n} samples and decides within 40 milliseconds. | 新缺陷只需{n}张样本即可完成学习，单次判定不超过40毫秒。
D 97-99 | On customers' own lines it finds {n} per cent of the defects that a second inspector confirms. | 在客户产线上，经复检确认的缺陷检出率达到{n}%。
--
P voice assistant | 语音助手 #123 ; dialogue platform | 智能对话平台 #13 ; speech translation terminal | 语音翻译终端 #124 ; call-centre copilot | 客服坐席辅助系统 #13
T end-to-end speech recognition | 端到端语音识别 ; dialect acoustic models | 方言声学模型 ; knowledge graphs | 知识图谱 ; neural machine translation | 神经机器翻译
U government service hotlines | 政务服务热线 ; hospital guidance desks | 医院导诊 ; cross-border trade fairs | 跨境展会 ; elderly care at home | 居家养老 ; tourist information | 旅游咨询服务
N Callers who speak Wu or Min dialects are often passed from desk to desk. | 使用吴语、闽语等方言的来电者常被反复转接。
N In {use}, four questions out of five repeat each other, yet people wait for an answer. | {use}中八成问题高度重复，群众却仍需长时间等待。
F 8-14 | It understands Mandarin, English and {n} dialects, also in noisy halls. | 支持普通话、英语及{n}种方言，在嘈杂大厅中同样可用。
D 60-80 | During its trial it settled {n} per cent of the enquiries without a human agent. | 试运行期间，{n}%的咨询无需人工即可办结。
= big-data-cloud
P data governance platform | 数据治理平台 #24 ; city operations cockpit | 城市运行驾驶舱 #13 ; real-time analytics engine | 实时分析引擎 #134 ; incident prediction service | 事件预测服务 #134
T stream computing | 流式计算 ; federated queries | 联邦查询 ; spatio-temporal indexing | 时空索引 ; graph databases | 图数据库
U urban traffic control | 城市交通治理 ; water and power utilities | 水务与电力企业 ; public security patrols | 公共安全巡防 ; tourism at scenic areas | 景区客流管理 ; river and lake monitoring | 河湖监测
N The departments of a city keep their data apart, so {use} must rely on yesterday's picture. | 城市各部门数据相互割裂，{use}往往只能依据昨日信息决策。
N Sensors in {use} produce more records in a day than staff can read in a year. | {use}中传感器一天产生的数据，人工一年也读不完。
F 3-9 | It joins billions of records from dozens of sources and answers in under {n} seconds. | 可关联数十个来源的上百亿条记录，{n}秒内返回结果。
D 11-19 | In a trial district, average delays fell by {n} per cent within three months. | 在试点城区运行三个月，平均延误下降{n}%。
--
P container cloud platform | 容器云平台 #24 ; distributed database | 分布式数据库 #13 ; storage appliance | 分布式存储一体机 #13 ; cloud cost optimizer | 云成本优化系统 #24
T erasure coding | 纠删码 ; serverless computing | 无服务器计算 ; persistent memory | 持久内存 ; workload prediction | 负载预测
U medium-sized manufacturers | 中小制造企业 ; securities firms | 证券公司 ; video websites | 视频网站 ; university computing centres | 高校计算中心 ; hospital image archives | 医院影像归档
N Half of the servers rented by {use} stand idle for most of the day. | {use}租用的服务器有一半在大部分时间处于闲置。
N Commercial databases of the old kind bind {use} to costly hardware. | 传统商业数据库使{use}长期依赖昂贵硬件。
D 30-55 | Customers cut their yearly cloud bill by {n} per cent without rewriting software. | 用户无需改写软件，每年云资源开支降低{n}%。
F 3-8 | A cluster of commodity servers reached {n} million transactions a minute in an audited test. | 在第三方测试中，由通用服务器组成的集群达到每分钟{n}00万笔事务。
= integrated-circuits
P radio-frequency front-end chip | 射频前端芯片 #134 ; millimetre-wave transceiver | 毫米波收发芯片 #24 ; power management chip | 电源管理芯片 #14 ; low-noise clock generator | 低噪声时钟芯片 #24
T gallium nitride on silicon | 硅基氮化镓 ; 28-nanometre CMOS | 28纳米CMOS工艺 ; digital predistortion | 数字预失真 ; wafer-level packaging | 晶圆级封装
U 5G small cells | 5G小基站 ; vehicle radar | 车载雷达 ; satellite terminals | 卫星通信终端 ; drone links | 无人机图传 ; industrial gateways | 工业网关
N More than nine in ten chips of this class in {use} are imported. | {use}所用同类芯片九成以上依赖进口。
N The next generation of {use} needs higher frequencies at less heat than silicon alone can give. | 新一代{use}要求在更低发热下实现更高频率，传统硅工艺难以满足。
F 41-56 | Measured efficiency is {n} per cent at full output, a third better than parts in use today. | 满功率实测效率为{n}%，较现用器件提升三分之一。
D 2-5 | Samples from {n} production runs have passed 1,000 hours of burn-in. | {n}次流片的样品均已通过1000小时老化试验。
--
P edge inference processor | 边缘推理芯片 ; image signal processor | 图像信号处理芯片 #34 ; neural network accelerator card | 神经网络加速卡 ; RISC-V controller | RISC-V控制芯片 #34
T in-memory computing | 存算一体架构 ; sparse matrix units | 稀疏矩阵运算单元 ; chiplet integration | 芯粒集成 ; mixed-precision arithmetic | 混合精度运算
U smart cameras | 智能摄像机 ; service robots | 服务机器人 ; drones and vehicles | 无人机与车辆 ; wearable devices | 可穿戴设备 ; household appliances | 智能家电
N In {use}, sending every frame to the cloud costs too much power and too much time. | {use}若将全部画面上传云端，功耗与时延均难以承受。
N General-purpose processors spend most of their energy moving data, not computing. | 通用处理器大部分能耗用于搬运数据而非计算。
F 2-6 | It performs {n} trillion operations a second on one watt. | 每瓦算力达到每秒{n}万亿次。
D 12-30 | {n} device makers have received evaluation boards. | 已向{n}家设备厂商提供评估板。
= internet-of-things
P sensor network | 传感网络 ; long-range gateway | 远距离物联网关 #124 ; monitoring terminal | 智能监测终端 #124 ; leak and deformation monitor | 渗漏与形变监测系统 #34
T narrow-band IoT | 窄带物联网 ; energy harvesting | 环境能量采集 ; distributed fibre sensing | 分布式光纤传感 ; edge computing | 边缘计算
U underground utility corridors | 地下综合管廊 ; bridges and tunnels | 桥梁与隧道 ; drinking-water networks | 供水管网 ; historic timber buildings | 古建筑保护 ; chemical parks | 化工园区
N Faults in {use} are mostly noticed when the damage is done. | {use}的隐患往往在事故发生后才被发现。
N Changing batteries in {use} costs more than the sensors themselves. | {use}中更换电池的费用甚至高于传感器本身。
F 5-10 | One node runs {n} years without a change of battery. | 单个节点免更换电池可运行{n}年。
D 200-900 | A trial with {n} nodes has reported without a gap since spring. | 由{n}个节点组成的示范网络自今年春季以来持续稳定运行。
--
P asset tracking tag | 资产追踪标签 ; condition data logger | 状态记录仪 #34 ; positioning system | 定位系统 #13 ; inventory reader | 智能盘点终端 #23
T ultra-wideband ranging | 超宽带测距 ; passive RFID | 无源射频识别 ; LoRa mesh links | LoRa自组网 ; printed electronics | 印刷电子
U hospital equipment | 医院设备管理 ; tea and vegetable farms | 茶园与蔬菜基地 ; warehouse logistics | 仓储物流 ; shared bicycles | 共享单车 ; cold-chain transport | 冷链运输
N Operators of {use} lose hours each day looking for things and reading figures off dials. | {use}的管理人员每天要花数小时寻找物品、抄录数据。
N Existing devices for {use} are priced for large enterprises only. | 现有面向{use}的设备价格偏高，只有大型企业用得起。
F 10-30 | Position is known to within {n} centimetres, through walls and shelves. | 可穿透墙体与货架，定位精度达到{n}厘米。
F 6-18 | At a price of {n} yuan, a tag pays for itself in its first season. | 单个标签成本{n}元，当季即可收回投入。
= cyber-security
P intrusion detection appliance | 入侵检测设备 #124 ; boundary firewall | 边界防火墙 #12 ; threat intelligence platform | 威胁情报平台 #34 ; vulnerability scanner | 漏洞扫描系统 #24
T behaviour modelling | 行为建模 ; protocol deep parsing | 协议深度解析 ; deception networks | 欺骗防御 ; graph-based correlation | 图关联分析
U power-plant control systems | 电厂控制系统 ; rail signalling | 轨道交通信号系统 ; online banks | 网上银行 ; government clouds | 政务云 ; video surveillance networks | 视频监控网络
N Systems in {use} were designed for closed networks and now face open ones. | {use}的系统原为封闭网络设计，如今却暴露于开放环境。
N An attack on {use} goes unnoticed for months on average. | 针对{use}的攻击平均数月后才被察觉。
F 40-90 | It parses {n} protocols and raises fewer than five alarms a day. | 可深度解析{n}种协议，日均告警不超过5条。
F 3-12 | In red-team exercises it noticed every one of {n} intrusions within the hour. | 在攻防演练中，{n}次入侵均在一小时内被发现。
--
P identity authentication service | 身份认证服务 #23 ; data masking gateway | 数据脱敏网关 #134 ; encrypted storage system | 加密存储系统 #13 ; biometric access terminal | 生物识别终端 #23
T homomorphic encryption | 同态加密 ; palm-vein recognition | 掌静脉识别 ; SM-series commercial ciphers | 国密算法 ; secure multi-party computation | 安全多方计算
U electronic health records | 电子病历 ; social security services | 社保服务 ; cross-company data exchange | 企业间数据交换 ; campus networks | 校园网络 ; mobile payments | 移动支付
N Organizations want to use each other's data in {use} but may not disclose it. | 各机构希望在{use}中利用彼此数据，却不能直接公开原始数据。
N Passwords are still the weakest part of {use}. | 口令仍是{use}中最薄弱的环节。
F 2-5 | Computing on encrypted data takes only {n} times as long as on plain data. | 密文计算耗时仅为明文计算的{n}倍。
D 20-60 | It is in use at {n} institutions and has been assessed at level three of the national scheme. | 已在{n}家机构应用，并通过网络安全等级保护三级测评。
= e-commerce
P cross-border shop platform | 跨境店铺平台 #23 ; order allocation system | 订单智能分配系统 #134 ; demand forecasting service | 需求预测服务 #134 ; replenishment planner | 智能补货系统 #134
T operations research models | 运筹优化模型 ; multilingual product search | 多语种商品搜索 ; order-level big data | 订单大数据 ; reinforcement learning | 强化学习
U small exporters | 中小出口企业 ; fresh food delivery | 生鲜配送 ; bonded warehouses | 保税仓 ; rural online shops | 农村电商 ; fashion brands | 服装品牌
N Returns and dead stock eat up the profit of {use}. | 退货与滞销库存吞噬了{use}的利润。
N Peaks such as 11 November bring ten times the usual orders to {use}. | “双十一”等高峰期，{use}的订单量达到平日十倍。
D 18-35 | Stock fell by {n} per cent in half a year for the first customers. | 首批客户半年内库存下降{n}%。
D 9-25 | It serves sellers in {n} countries and settles in their own currencies. | 服务覆盖{n}个国家的卖家，支持本币结算。
--
P product authentication label | 商品防伪标签 #123 ; traceability service | 全程溯源服务 #14 ; smart packaging | 智能包装 #123 ; verification app | 正品查验应用
T blockchain records | 区块链存证 ; optical fingerprints | 光学指纹 ; printed nanostructures | 纳米结构印刷 ; isotope profiles | 同位素指纹
U imported foods | 进口食品 ; silk and clothing | 丝绸服装 ; cosmetics | 化妆品 ; Longjing tea | 龙井茶 ; wine and spirits | 酒类流通
N Buyers of {use} cannot tell the genuine from the copy. | 消费者难以辨别{use}的真伪。
N One purchase in four of {use} on the internet is sent back or disputed. | 网购{use}中，约四分之一的订单发生退货或纠纷。
D 20-45 | Shops that use it report {n} per cent fewer returns. | 使用该系统的店铺退货率下降{n}%。
D 2-9 | More than {n} million labels have been issued. | 累计发放标签超过{n}00万枚。
= digital-content
P animation production pipeline | 动画制作管线 #124 ; virtual reality studio | 虚拟现实制作平台 ; digital guide system | 数字导览系统 #34 ; game engine plug-in | 游戏引擎插件 #13
T real-time ray tracing | 实时光线追踪 ; markerless motion capture | 无标记动作捕捉 ; photogrammetry | 摄影测量建模 ; volumetric video | 体积视频
U cultural heritage sites | 文化遗产展示 ; science centres | 科技馆 ; theme parks | 主题乐园 ; online concerts | 线上演出 ; museum exhibitions | 博物馆展览
N Few studios can afford the equipment needed for {use}. | 小型团队难以承担{use}所需的制作设备。
N Visitors spend four minutes with a display panel and forty with a story. | 观众在展板前停留四分钟，却愿意听四十分钟的故事。
F 50-80 | Production time per minute of film falls by {n} per cent. | 每分钟影片的制作时间缩短{n}%。
D 4-15 | {n} studios and museums have used it on released work. | 已有{n}家工作室与博物馆用于正式作品。
--
P adaptive learning platform | 自适应学习平台 #14 ; homework tutor | 智能作业辅导系统 #124 ; immersive practice room | 沉浸式实训平台 #34 ; assessment tool | 智能测评工具 #124
T knowledge tracing | 知识追踪 ; handwriting recognition | 手写识别 ; mixed reality | 混合现实 ; learning analytics | 学习分析
U primary school mathematics | 小学数学 ; vocational colleges | 职业院校 ; Chinese as a foreign language | 国际中文教育 ; medical training | 医学培训 ; rural schools | 乡村学校
N In {use}, one teacher faces forty learners who are stuck at forty different places. | {use}中，一名教师面对四十名学习者，而每个人的难点各不相同。
N Good teachers for {use} are concentrated in a few large cities. | {use}的优质师资集中在少数大城市。
D 15-40 | Learners reached the same level in {n} per cent less time in a controlled trial. | 对照试验显示，达到同等水平所需时间减少{n}%。
D 30-120 | It is used by {n} schools in six provinces. | 已在6个省份的{n}所学校使用。
"""

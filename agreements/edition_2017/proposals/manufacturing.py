"""What projects in high-end equipment manufacturing are about. See families.py."""

BLOCK = """
= robotics
P collaborative robot | 协作机器人 ; mobile manipulator | 移动操作机器人 ; loading and finishing cell | 上下料与精加工单元 ; flexible production line | 柔性产线
T torque-controlled joints | 力矩控制关节 ; visual servoing | 视觉伺服 ; offline programming | 离线编程 ; teaching by demonstration | 示教学习
U kitchen appliance making | 厨电制造 ; car body making | 汽车车身制造 ; shoe and garment making | 鞋服制造 ; metal casting | 铸造 ; electronics assembly | 电子装配
N Nobody young wants the monotonous, dusty jobs in {use} any more. | {use}中粉尘重、重复性强的岗位难以招到年轻工人。
N Lots in {use} have become so small that a fixed line never pays. | {use}订单批量越来越小，固定产线难以收回投资。
F 15-45 | A new product is set up in {n} minutes by a worker without training in programming. | 无编程经验的工人{n}分钟即可完成换产。
D 20-90 | {n} units work on customers' floors. | 已有{n}台在客户现场运行。
--
P precision reducer | 精密减速器 #1 ; servo drive | 伺服驱动器 #23 ; six-axis force sensor | 六维力传感器 #4 ; linear motor stage | 直线电机平台 #23
T harmonic gearing | 谐波传动 ; silicon carbide power stages | 碳化硅功率模块 ; model-based control | 模型预测控制 ; thin-film strain gauges | 薄膜应变技术
U industrial robots | 工业机器人 ; machine tools | 数控机床 ; semiconductor equipment | 半导体设备 ; exoskeletons | 外骨骼机器人 ; packaging machines | 包装机械
N This part alone is a third of the cost of {use}, and delivery from abroad takes months. | 该部件占{use}成本的三分之一，而进口交付周期长达数月。
N Drift and wear of this part limit the accuracy of {use} after the first year. | {use}运行一年后，该部件的漂移与磨损成为精度的主要制约。
F 8000-15000 | It held its accuracy for {n} hours in an endurance test. | 耐久试验中精度保持超过{n}小时。
F 25-50 | Its price is {n} per cent below that of the imported part. | 价格较进口件低{n}%。
= new-materials
P carbon fibre composite | 碳纤维复合材料 #14 ; titanium alloy part | 钛合金构件 #23 ; magnesium alloy profile | 镁合金型材 #34 ; honeycomb sandwich panel | 蜂窝夹层板 #14
T resin transfer moulding | 树脂传递模塑 ; plasma-atomized powder | 等离子雾化粉末 ; additive manufacturing | 增材制造 ; multi-material joining | 异种材料连接
U aircraft interiors | 飞机内饰 ; drone airframes | 无人机机体 ; high-speed trains | 高速列车 ; electric car bodies | 电动汽车车身 ; sports equipment | 运动器材
N Every kilogram saved in {use} pays for itself within two years. | {use}每减轻一公斤，两年内即可收回成本。
N Material for {use} that meets the standard is produced by three companies in the world. | 全球仅三家企业能够生产满足{use}标准的材料。
F 25-45 | Parts are {n} per cent lighter at equal strength. | 同等强度下部件减重{n}%。
D 30-300 | A pilot line with a capacity of {n} tonnes a year is running. | 年产{n}吨的中试线已投入运行。
--
P optical film | 光学薄膜 #134 ; high-barrier film | 高阻隔膜 #134 ; transparent conductive film | 透明导电膜 #12 ; thermal interface film | 导热膜 #14
T roll-to-roll deposition | 卷对卷沉积 ; silver nanowires | 银纳米线 ; atomic layer deposition | 原子层沉积 ; self-assembled layers | 分子自组装
U flexible displays | 柔性显示 ; chip packaging | 芯片封装 ; solar modules | 光伏组件 ; car windows and mirrors | 汽车玻璃与后视镜 ; touch panels | 触控面板
N Quality films for {use} have so far been made by the batch, not by the kilometre. | 用于{use}的高品质薄膜至今只能小批量制备，难以连续化生产。
N Films for {use} lose their performance after a few hundred hours of heat and damp. | 用于{use}的膜材料在湿热环境下数百小时即性能衰减。
F 500-1500 | The web is {n} millimetres wide and free of pinholes. | 幅宽达{n}毫米，且无针孔缺陷。
F 2000-6000 | After {n} hours of ageing it keeps nine tenths of its performance. | 老化{n}小时后性能保持率仍达九成。
= new-energy
P lithium battery pack | 锂电池系统 #12 ; battery management system | 电池管理系统 #23 ; battery swap module | 快换电池模块 #12 ; solid-state cell | 固态电池 #14
T silicon-carbon anodes | 硅碳负极 ; liquid cooling | 液冷温控 ; impedance spectroscopy | 阻抗谱在线诊断 ; sulphide electrolytes | 硫化物电解质
U electric buses | 电动公交车 ; passenger cars | 电动乘用车 ; grid storage | 电网储能 ; logistics vans | 物流车 ; electric boats on lakes and canals | 湖泊与运河电动船
N Buyers of {use} fear the range in winter and the value after five years. | {use}的用户担心冬季续航与五年后的残值。
N One weak cell takes a whole battery out of service in {use}. | 在{use}中，一节弱电芯就会使整包电池停用。
F 8-25 | Usable energy grows by {n} per cent at the same weight. | 同等重量下可用电量提升{n}%。
D 10-40 | A trial with {n} units has run for a year without a fault. | {n}套示范装置已无故障运行一年。
--
P hydrogen fuel cell stack | 氢燃料电池电堆 #123 ; fuel cell power system | 燃料电池动力系统 ; backup power unit | 备用电源 #234 ; fuel cell power module | 燃料电池动力模块 #123
T metal bipolar plates | 金属双极板 ; water-balance control | 水热平衡控制 ; low-platinum catalysts | 低铂催化剂 ; magnetic-bearing compressors | 磁悬浮空压机
U forklifts | 叉车 ; heavy lorries | 重型卡车 ; telecom towers | 通信基站 ; data centres | 数据中心 ; canal boats | 运河船舶
N Energy is the second largest cost for {use}, after people. | 能源是{use}仅次于人工的第二大成本。
N Diesel and coal will not be allowed for {use} much longer. | {use}继续使用柴油与燃煤的空间日益收窄。
F 8-24 | Its certified efficiency exceeds that of the usual solution by {n} per cent. | 经认证，效率较常规方案高出{n}%。
D 3000-9000 | It has run for {n} hours in the test field. | 在试验场累计运行{n}小时。
= aerospace
P unmanned helicopter | 无人直升机 #124 ; survey drone | 测绘无人机 #234 ; amphibious drone | 水陆两栖无人机 #13 ; heavy-lift drone | 大载重无人机 #124
T hybrid power | 油电混合动力 ; vision-aided navigation | 视觉辅助导航 ; folding composite wings | 复合材料折叠翼 ; swarm control | 集群控制
U forest fire watch | 森林防火巡查 ; power line inspection | 电力巡线 ; island mail | 海岛邮运 ; crop protection | 农业植保 ; flood rescue | 防汛救援
N For {use}, people still have to walk where nobody should walk. | {use}目前仍依靠人员进入危险区域作业。
N Batteries end a flight for {use} just when it becomes useful. | 受电池限制，{use}的飞行往往在关键时刻被迫中断。
F 3-12 | It stays in the air for {n} hours with full payload. | 满载留空时间达到{n}小时。
D 400-2000 | {n} flights have been logged without an accident. | 已安全飞行{n}架次。
--
P inertial measurement unit | 惯性测量单元 #24 ; attitude and heading sensor | 航姿传感器 #24 ; lightweight structural part | 轻量化结构件 #3 ; electric actuator | 机电作动器 #13
T fault-tolerant motors | 容错电机 ; MEMS gyroscopes | MEMS陀螺 ; topology optimization | 拓扑优化 ; sensor fusion | 多源融合算法
U general aviation | 通用航空 ; small satellites | 微小卫星 ; regional jets | 支线飞机 ; unmanned aircraft | 无人机 ; business jets | 公务机
N Suppliers to {use} need years for certification, and the buyer needs parts this year. | 进入{use}供应链的认证需要数年，而整机厂当年就需要部件。
N For {use}, weight costs more than silver. | 对于{use}而言，重量比白银还贵。
F 20-50 | It is {n} per cent lighter than the part it replaces. | 较被替代部件减重{n}%。
D 2-6 | It has passed {n} of the seven tests required for certification. | 认证所需的七项试验已通过{n}项。
= precision-instruments
P fibre laser | 光纤激光器 #124 ; laser processing machine | 激光加工装备 #23 ; ultrafast laser source | 超快激光光源 #13 ; laser processing head | 激光加工头 #24
T photonic crystal fibre | 光子晶体光纤 ; beam shaping | 光束整形 ; chirped pulse amplification | 啁啾脉冲放大 ; coherent combining | 相干合束
U glass and sapphire | 玻璃与蓝宝石加工 ; battery tabs | 电池极耳焊接 ; worn turbine parts | 涡轮部件修复 ; medical stents | 医用支架加工 ; sheet metal | 钣金加工
N Heat from the tool is the main cause of scrap when working on {use}. | 热影响是{use}产生废品的主要原因。
N Lasers for {use} are rented by the hour because few can buy them. | 用于{use}的激光设备价格高昂，多数企业只能按小时租用。
F 20-200 | It delivers {n} watts with a stability better than one per cent. | 输出功率{n}瓦，功率稳定性优于1%。
D 5-25 | {n} job shops work with it in two shifts. | 已有{n}家加工企业两班制使用。
--
P portable mass spectrometer | 便携式质谱仪 #14 ; trace gas analyser | 痕量气体分析仪 #24 ; Raman spectrometer | 拉曼光谱仪 #3 ; ion mobility detector | 离子迁移谱检测仪 #4
T ion trap analysis | 离子阱分析 ; cavity ring-down spectroscopy | 光腔衰荡光谱 ; surface-enhanced scattering | 表面增强散射 ; time-of-flight detection | 飞行时间检测
U environmental monitoring | 环境监测 ; food inspection | 食品检测 ; customs and airport security | 口岸与机场安检 ; chemical parks | 化工园区 ; breath diagnosis | 呼气诊断
N Instruments for {use} are imported, and so is everybody who can repair them. | 用于{use}的仪器依赖进口，维修人员同样依赖国外。
N Results for {use} are needed on site, yet samples are sent away for days. | {use}需要现场结果，而样品往往要外送数天。
F 10-60 | A measurement takes {n} seconds, a fifth of the usual time. | 单次测量仅需{n}秒，为常规时间的五分之一。
D 6-20 | {n} instruments have been delivered to laboratories. | 已向实验室交付{n}台。
= environmental-equipment
P waste-water treatment unit | 污水处理一体化装备 #123 ; water reuse system | 中水回用系统 #124 ; sludge reduction unit | 污泥减量装置 #23 ; brine concentrator | 高盐水浓缩装置 #34
T membrane bioreactors | 膜生物反应器 ; advanced oxidation | 高级氧化 ; electro-oxidation | 电化学氧化 ; electrodialysis | 电渗析
U dyeing and printing works | 印染企业 ; food processing plants | 食品加工企业 ; pharmaceutical plants | 制药企业 ; paper mills | 造纸企业 ; electroplating parks | 电镀园区
N New limits close plants: {use} must halve their discharge by 2020. | 排放标准日趋严格，{use}须在2020年前将排放减半。
N Treatment at {use} costs more than the water itself. | {use}的治理成本已超过用水成本。
F 30-60 | Running costs are {n} per cent lower than with the usual process. | 运行成本较常规工艺降低{n}%。
D 2-15 | {n} installations have passed acceptance. | 已有{n}套装置通过验收。
--
P waste sorting robot | 垃圾分拣机器人 #14 ; smart collection bin | 智能回收箱 #2 ; kitchen waste digester | 餐厨垃圾处理机 #3 ; compaction and transfer unit | 压缩转运装置 #2
T hyperspectral imaging | 高光谱成像 ; weight and image sensing | 称重与图像识别 ; anaerobic digestion | 厌氧发酵 ; learned robotic grasping | 机械臂抓取学习
U residential quarters | 居民小区 ; food markets | 农贸市场 ; university campuses | 高校校园 ; scenic areas | 景区 ; office buildings | 办公楼宇
N What is collected separately at {use} is often thrown together later. | {use}分类投放的垃圾，后端往往又混在一起。
N Waste from {use} is paid for by the tonne, so nobody gains by making less. | {use}的垃圾按吨计费，减量缺乏激励。
D 85-97 | In acceptance tests it reached {n} per cent of the level set as target. | 验收测试中达到目标水平的{n}%。
D 10-60 | It is in use at {n} sites in Zhejiang. | 已在浙江{n}个点位应用。
"""

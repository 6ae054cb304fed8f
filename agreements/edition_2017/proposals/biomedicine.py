"""What projects in biomedicine are about. families.py says how to read this."""

BLOCK = """
= innovative-drugs
P small-molecule inhibitor | 小分子抑制剂 #14 ; bispecific antibody | 双特异性抗体 #12 ; antibody-drug conjugate | 抗体偶联药物 #12 ; oral candidate drug | 口服候选药物 #134
T structure-based design | 结构导向药物设计 ; phage display | 噬菌体展示技术 ; targeted protein degradation | 靶向蛋白降解 ; DNA-encoded libraries | DNA编码化合物库
U liver cancer | 肝癌 ; gastric cancer | 胃癌 ; non-small-cell lung cancer | 非小细胞肺癌 ; rheumatoid arthritis | 类风湿关节炎 ; drug-resistant leukaemia | 耐药性白血病
N China has more patients with {use} than any other country, and few new medicines are tried here first. | 我国{use}患者人数居世界首位，而在国内首发的新药寥寥无几。
N After a year of treatment, most patients with {use} no longer respond to the standard drug. | {use}患者接受标准治疗一年后，多数会产生耐药。
F 40-75 | In mice it reduced the tumour or lesion volume by {n} per cent at a tolerated dose. | 在小鼠模型中，可耐受剂量下病灶体积缩小{n}%。
F 2-7 | {n} families of patents protect the molecule and its use. | 化合物及其用途已获{n}组专利保护。
--
P long-acting injection | 长效注射剂 #12 ; inhaled powder formulation | 吸入干粉制剂 #12 ; transdermal patch | 透皮贴剂 #34 ; nanoparticle formulation | 纳米制剂 #23
T biodegradable microspheres | 可降解微球 ; lipid carriers | 脂质载体 ; hot-melt extrusion | 热熔挤出技术 ; microneedle arrays | 微针阵列
U type 2 diabetes | 2型糖尿病 ; schizophrenia | 精神分裂症 ; chronic obstructive pulmonary disease | 慢性阻塞性肺疾病 ; postoperative pain | 术后疼痛 ; Parkinson's disease | 帕金森病
N Half of all patients with {use} do not take their medicine as prescribed. | 约半数{use}患者未能按医嘱服药。
N For {use}, the drugs are known; what is missing is a way to give them gently. | 治疗{use}的药物早已明确，缺少的是温和便捷的给药方式。
F 14-60 | One dose keeps the drug in its effective range for {n} days. | 单次给药可在{n}天内维持有效血药浓度。
D 2-5 | The process has been scaled up over {n} batches without a change in release. | 工艺已完成{n}批放大，释放曲线保持一致。
= medical-devices
P surgical robot | 手术机器人 #14 ; minimally invasive instrument set | 微创手术器械 #13 ; navigation system | 手术导航系统 #24 ; endoscope | 电子内窥镜 #24
T force feedback | 力反馈控制 ; fluorescence imaging | 荧光成像 ; shape-memory alloys | 形状记忆合金 ; augmented reality overlay | 增强现实叠加显示
U spinal surgery | 脊柱手术 ; liver and gallbladder surgery | 肝胆手术 ; eye surgery | 眼科手术 ; early digestive cancer | 早期消化道肿瘤 ; paediatric surgery | 小儿外科
N Equipment for {use} comes from two or three makers worldwide and is beyond county hospitals. | 用于{use}的设备由全球两三家厂商垄断，县级医院难以负担。
N In {use}, a millimetre decides about function and failure. | 在{use}领域，毫米之差便决定成败。
F 3-8 | Positioning error in cadaver tests was below 0.{n} millimetres. | 标本试验中定位误差小于0.{n}毫米。
D 25-120 | {n} operations have been done under an approved protocol. | 已按获批方案完成{n}例手术。
--
P absorbable bone screw | 可吸收骨钉 #13 ; artificial joint | 人工关节 #24 ; bone graft substitute | 骨修复材料 #13 ; fixation plate | 骨固定板 #124
T magnesium alloys | 可降解镁合金 ; 3D-printed titanium | 3D打印钛合金 ; bioactive ceramics | 生物活性陶瓷 ; PEEK composites | 聚醚醚酮复合材料
U hand and foot surgery | 手足外科 ; sports injuries | 运动损伤 ; fragility fractures | 脆性骨折 ; bone tumours | 骨肿瘤 ; revision surgery | 关节翻修手术
N Implants for {use} are made to the measure of other populations. | 现有用于{use}的植入物多按其他人群的解剖数据设计。
N A second operation only to remove an implant is still usual in {use}. | 在{use}治疗中，为取出植入物而再次手术仍十分普遍。
F 6-24 | In large animals the device performed for {n} months without inflammation. | 大动物试验中器械稳定工作{n}个月，未见炎症反应。
F 35-60 | It would cost {n} per cent of the imported product. | 预计价格仅为进口产品的{n}%。
= gene-cell-therapy
P CAR-T cell product | CAR-T细胞产品 #134 ; natural killer cell product | NK细胞产品 #23 ; universal CAR-T product | 通用型CAR-T产品 #23 ; TCR-T cell product | TCR-T细胞产品 #13
T non-viral gene insertion | 非病毒基因整合 ; induced pluripotent cells | 诱导多能干细胞 ; base editing | 碱基编辑 ; dual-target receptors | 双靶点受体
U multiple myeloma | 多发性骨髓瘤 ; acute lymphoblastic leukaemia | 急性淋巴细胞白血病 ; B-cell lymphoma | B细胞淋巴瘤 ; acute myeloid leukaemia | 急性髓系白血病 ; advanced liver cancer | 晚期肝癌
N For relapsed {use}, there is treatment but no cure. | 对于复发的{use}，目前可治疗但难以治愈。
N Making cells for one patient with {use} takes weeks and costs as much as a flat. | 为一名{use}患者制备细胞需要数周，花费堪比一套住房。
F 7-14 | From blood sample to finished product takes {n} days in a closed system. | 在全封闭体系中，从采血到成品仅需{n}天。
D 6-28 | Of the first patients in an investigator-led study, {n} have been followed for half a year. | 研究者发起的临床研究中，已有{n}名患者完成半年随访。
-- plain
P cell culture bioreactor | 细胞培养反应器 #12 ; serum-free medium | 无血清培养基 #24 ; automated cell factory | 自动化细胞工厂 #123 ; cryopreservation system | 细胞冻存系统 #12
T single-use bags | 一次性袋式技术 ; in-line metabolite sensors | 在线代谢传感 ; microfluidic sorting | 微流控分选 ; metabolic flux modelling | 代谢流建模
U vaccine makers | 疫苗企业 ; antibody producers | 抗体药企 ; hospital cell banks | 医院细胞库 ; contract manufacturers | 合同生产企业 ; research laboratories | 科研实验室
N Medium and bags are the largest running cost of {use}, and nearly all are imported. | 培养基与耗材是{use}最大的运行成本，且几乎全部依赖进口。
N Manual steps at {use} are where most batches are lost. | {use}的批次损失大多发生在人工操作环节。
F 2-5 | Yield rises to {n} times that of the process used before. | 产率提高至原工艺的{n}倍。
D 5-20 | {n} customers have completed a comparison on their own cell lines. | 已有{n}家客户用自有细胞株完成对比测试。
--
P gene replacement therapy | 基因替代疗法 #14 ; gene-editing therapy | 基因编辑疗法 #23 ; antisense drug | 反义核酸药物 #3 ; gene therapy vector | 基因治疗载体 #14
T adeno-associated virus engineering | 腺相关病毒改造 ; base editing | 碱基编辑 ; lipid nanoparticle delivery | 脂质纳米颗粒递送 ; tissue-specific promoters | 组织特异性启动子
U inherited blindness | 遗传性致盲眼病 ; haemophilia | 血友病 ; spinal muscular atrophy | 脊髓性肌萎缩症 ; inherited deafness | 遗传性耳聋 ; Fabry disease | 法布雷病
N {use} is rare, but in a country of 1.4 billion rare means tens of thousands of families. | {use}虽属罕见，但在14亿人口的国家，意味着数以万计的家庭。
N Families with {use} are told the name of the gene, and then nothing more can be done for them. | {use}家庭往往能查明致病基因，却仍无药可治。
F 12-40 | In primates, one injection gave stable expression for {n} months. | 灵长类动物单次给药后，稳定表达达{n}个月。
D 3-15 | A register with {n} hundred patients has been set up for the coming trial. | 已为临床试验建立{n}00名患者的登记队列。
= diagnostics
P liquid biopsy kit | 液体活检试剂盒 #124 ; gene sequencing panel | 基因测序组合试剂 #13 ; methylation test | 甲基化检测试剂 #123 ; risk assessment test | 风险评估试剂 #23
T circulating tumour DNA | 循环肿瘤DNA检测 ; digital PCR | 数字PCR ; nanopore sequencing | 纳米孔测序 ; exosome capture | 外泌体捕获
U early colorectal cancer | 早期结直肠癌 ; lung nodules | 肺结节 ; pancreatic cancer | 胰腺癌 ; ovarian cancer | 卵巢癌 ; cancer recurrence | 肿瘤复发
N Screening for {use} reaches fewer than one in five of those at risk. | 高风险人群中接受{use}筛查者不足五分之一。
N Tests for {use} need tissue, and tissue needs surgery. | 现有{use}检测需要组织样本，而取样意味着手术。
F 86-95 | In a blinded set of samples its sensitivity was {n} per cent. | 在盲法样本检测中灵敏度达到{n}%。
D 3-9 | {n} hospitals take part in the registration trial. | {n}家医院参与注册临床试验。
--
P point-of-care analyser | 床旁即时检测仪 #134 ; chemiluminescence instrument | 化学发光免疫分析仪 #3 ; microfluidic test card | 微流控检测卡 ; pathogen detection platform | 病原体检测平台 #23
T quantum dot labels | 量子点标记 ; isothermal amplification | 等温扩增 ; magnetic bead separation | 磁珠分离 ; surface plasmon resonance | 表面等离子共振
U emergency departments | 急诊科 ; township clinics | 乡镇卫生院 ; customs quarantine | 口岸检疫 ; food safety inspection | 食品安全检测 ; home monitoring | 居家健康监测
N In {use}, results must come within the half hour, and laboratories take half a day. | {use}要求半小时内出结果，而送检往往需要半天。
N There is no technician to spare for every instrument in {use}. | {use}无法为每台设备配备专职检验人员。
F 8-25 | It gives a quantitative result in {n} minutes from one drop of blood. | 一滴血{n}分钟即可得到定量结果。
F 12-40 | The menu covers {n} markers, four of them new in China. | 检测菜单涵盖{n}个项目，其中4项为国内首创。
= digital-health
P imaging diagnosis assistant | 影像辅助诊断系统 ; screening workstation | 智能筛查工作站 ; second-reader service | 智能复核服务 ; clinical decision support system | 临床决策支持系统 #234
T deep convolutional networks | 深度卷积网络 ; structured medical records | 病历结构化技术 ; multi-centre training data | 多中心训练数据 ; transfer learning | 迁移学习
U diabetic retinopathy | 糖尿病视网膜病变 ; pulmonary nodules | 肺结节 ; acute stroke | 急性卒中 ; cervical cancer | 宫颈癌 ; breast cancer | 乳腺癌
N County hospitals have the scanners for {use} but not the specialists to read the images. | 县级医院已配备{use}相关检查设备，却缺少判读专家。
N In {use}, hours between examination and report decide about the outcome. | 对于{use}，从检查到出具报告的时间直接影响预后。
F 90-97 | It agreed with the expert panel in {n} per cent of cases. | 与专家组结论的一致率为{n}%。
D 15-60 | {n} hospitals use it alongside their own physicians. | 已有{n}家医院将其与医师判读并行使用。
--
P chronic care platform | 慢病管理平台 #13 ; rehabilitation wearable | 可穿戴康复设备 #124 ; home training terminal | 居家训练终端 #234 ; remote monitoring service | 远程监护服务 #13
T flexible sensors | 柔性传感器 ; gait analysis | 步态分析 ; remote coaching | 远程健康指导 ; muscle-signal decoding | 肌电信号解码
U stroke rehabilitation | 卒中康复 ; elderly care at home | 居家养老照护 ; recovery after joint surgery | 关节术后康复 ; recovery from spinal cord injury | 脊髓损伤康复 ; cardiac rehabilitation | 心脏康复
N After discharge, {use} is left to chance and to the family. | 出院之后，{use}往往只能依靠家庭自行摸索。
N There is one therapist for every thousand people who need {use}. | 每千名需要{use}的人中仅有一名专业治疗师。
D 60-85 | {n} per cent of users kept up the programme for six months. | {n}%的用户坚持使用满六个月。
D 2-8 | It serves {n} communities together with their health centres. | 已与{n}个社区的卫生服务中心合作开展服务。
= agri-food-biotech
P biological pesticide | 生物农药 ; microbial fertilizer | 微生物肥料 #23 ; soil conditioner | 土壤调理剂 #23 ; pest-trapping system | 害虫诱捕系统 #4
T RNA interference | RNA干扰技术 ; Bacillus fermentation | 芽孢杆菌发酵 ; plant extracts | 植物源提取 ; insect pheromones | 昆虫信息素
U tea gardens | 茶叶种植 ; paddy fields | 水稻种植 ; greenhouse vegetables | 设施蔬菜 ; citrus and bayberry orchards | 柑橘与杨梅种植 ; medicinal herb fields | 中药材种植
N Residues are the main reason why produce from {use} is turned back at the border. | 药物残留是{use}产品出口受阻的首要原因。
N In a normal year, pests and disease take a tenth of the yield of {use}. | 正常年份，{use}因病虫害减产约一成。
F 30-65 | Field trials needed {n} per cent less chemical treatment for the same harvest. | 田间试验在产量不变的情况下减少{n}%的化学药剂。
D 3-12 | It was tried on {n} sites over two seasons. | 已在{n}个基地连续两季试用。
--
P functional food ingredient | 功能性食品原料 ; plant protein product | 植物蛋白产品 #13 ; probiotic preparation | 益生菌制剂 #34 ; natural sweetener | 天然甜味剂 #13
T enzymatic synthesis | 酶法合成 ; supercritical extraction | 超临界萃取 ; precision fermentation | 精准发酵 ; microencapsulation | 微胶囊包埋
U sports nutrition | 运动营养食品 ; people with diabetes | 糖尿病人群 ; dairy products | 乳制品 ; nutrition of the elderly | 老年营养食品 ; bakery goods | 烘焙食品
N Ingredients for {use} are bought abroad at four times the cost of making them. | 用于{use}的原料进口价格为生产成本的四倍。
N By-products that could serve {use} are burnt or buried today. | 可用于{use}的副产物目前多被焚烧或填埋。
F 95-99 | Purity reaches {n} per cent without organic solvents. | 无需有机溶剂，纯度可达{n}%。
D 50-400 | A pilot line makes {n} kilograms a day. | 中试线日产{n}公斤。
"""

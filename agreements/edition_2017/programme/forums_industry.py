"""Forums on the advanced industries. forums.py says how to read this."""

BLOCK = """
= artificial-intelligence | 7 | 2017-11-08 14:00 | qiantang | Forum on the Frontiers of Artificial Intelligence | 人工智能前沿论坛
M CN P | machine learning | 机器学习
D After the game of Go: where will learning machines earn their keep? | 围棋之后：学习机器靠什么立足？
T en | US P | reinforcement learning | 强化学习 | Learning with few examples and many mistakes | 少样本与大量试错中的学习 | Children learn a word from one picture. Machines still need thousands. How the gap is closing. | 儿童看一张图就能学会一个词，机器却仍需数千张。差距如何缩小。
T en | CA P | natural language understanding | 自然语言理解 | What translation systems know about grammar | 翻译系统懂多少语法 | Neural translation has no rules, and yet follows most of them. A look inside. | 神经机器翻译没有写入语法规则，却遵循了大部分规则。一次内部观察。
T zh | CN E | industrial vision | 工业视觉 | Finding a broken thread at 120 metres a minute | 每分钟120米，找到一根断线 | Vision in the weaving mill: light, dust and the patience of the customer. | 织造车间里的机器视觉：光线、粉尘与客户的耐心。
T en | GB P | safety of autonomous systems | 自主系统安全 | Proof or test? How to trust a system that learns | 证明还是测试？如何信任会学习的系统 | Neither is enough alone. A combined method, tried on a warehouse vehicle. | 单靠任何一种都不够。一种结合方法及其在仓储车辆上的试验。
= precision-medicine | 8 | 2017-11-08 14:00 | canal | Forum on Precision Medicine and Innovative Drugs | 精准医疗与创新药物论坛
M CN P | oncology | 肿瘤学
D From laboratory to bedside in Hangzhou: what takes the longest? | 在杭州，从实验室到病床哪一步最慢？
T en | US P | tumour immunology | 肿瘤免疫学 | Cells as medicine: what the first approvals taught us | 细胞即药物：首批获批产品的启示 | 2017 saw the first CAR-T products approved. Who benefits, who does not, and what comes after. | 2017年首批CAR-T产品获批。谁获益、谁未获益，下一步是什么。
T zh | CN P | clinical pharmacology | 临床药理学 | Clinical trials after the reform: faster, and more honest | 改革之后的临床试验：更快，也更真实 | Review times have halved since 2015. What sponsors must now bring along. | 2015年以来审评时间缩短一半，申办方需要补上哪些功课。
T en | FR P | rare disease genetics | 罕见病遗传学 | Rare diseases, common methods | 罕见的病，通用的方法 | One vector, many genes: how platforms make small markets possible. | 一个载体、多种基因：平台技术如何让小市场成为可能。
T zh | US F | antibody engineering | 抗体工程 | Antibodies with two hands | 有“两只手”的抗体 | Bispecific antibodies hold a T cell and a tumour cell together. Design, manufacture, and the first patients. | 双特异性抗体同时抓住T细胞与肿瘤细胞：设计、制备与首批患者。
= intelligent-manufacturing | 1 | 2017-11-09 09:00 | west-lake | Forum on Intelligent Manufacturing | 智能制造论坛
M CN P | mechatronics | 机电一体化
D Machines for people: who will run the factory of 2025? | 机器为人：谁来运行2025年的工厂？
T en | DE P | production engineering | 生产工程 | Industry 4.0 for companies with forty employees | 四十人企业的工业4.0 | Most factories are small. What can be had for the price of one machine tool. | 大多数工厂规模很小。用一台机床的价钱能做到什么。
T zh | CN E | industrial robots | 工业机器人 | Robots that are leased by the hour | 按小时租用的机器人 | A model from Xiaoshan for plants that cannot buy. | 来自萧山的模式：为买不起机器人的工厂服务。
T en | JP P | precision machining | 精密加工 | A micrometre is a habit | 微米是一种习惯 | Precision depends on temperature, cleanliness and people, in reverse order. | 精度取决于温度、洁净与人，重要性恰好相反。
T en | IT E | packaging machinery | 包装机械 | The district as a factory: lessons from the packaging valley | 一个产业区就是一座工厂：包装谷的经验 | Three hundred small firms within forty kilometres build what no large one could. | 四十公里内三百家小企业，造出大企业造不出的设备。
= financial-technology | 2 | 2017-11-09 09:00 | jinsha | Forum on Financial Technology | 金融科技论坛
M CN E | digital banking | 数字银行
D Regulate first or try first? | 先监管，还是先试验？
T zh | CN E | mobile payment | 移动支付 | Leaving the wallet at home | 出门不带钱包 | What a city learns when small payments leave no coins: from bus fares to market stalls. | 当小额支付不再使用硬币，城市学到了什么：从公交票价到菜市场。
T en | GB E | regulatory technology | 监管科技 | The sandbox two years on | 监管沙盒两年回顾 | Which experiments became products, and which ended as a useful warning. | 哪些试验成为产品，哪些成为有益的警示。
T zh | CN P | credit risk | 信用风险 | Lending to those whom no one has lent to | 为从未获得贷款的人放贷 | Alternative data widen access. They also widen error. Evidence from 400,000 loans. | 替代数据扩大了覆盖面，也扩大了误差。来自40万笔贷款的证据。
T en | AU P | distributed ledgers | 分布式账本 | Blockchain without a coin | 不发币的区块链 | Warehouse receipts, freight papers, diplomas: uses that need a shared ledger and nothing else. | 仓单、运单、学历证书：只需要共享账本的应用。
= integrated-circuits | 3 | 2017-11-09 09:00 | qiantang | Forum on Integrated Circuits | 集成电路论坛
M CN P | microelectronics | 微电子学
D Design is here, where is the fab? | 设计在这里，制造在哪里？
T zh | CN E | chip design services | 芯片设计服务 | From idea to tape-out in nine months | 从想法到流片：九个月 | Shared tools, shared masks, shared mistakes: how a public platform serves 80 design houses. | 共享工具、共享掩模、共享教训：公共平台如何服务80家设计企业。
T en | NL E | lithography | 光刻技术 | Light at thirteen nanometres | 十三纳米的光 | Why the next generation of machines took thirty years, and what it asks of the people who run it. | 新一代设备为何用了三十年，又对操作者提出什么要求。
T en | US E | analogue circuit design | 模拟电路设计 | The analogue shortage: circuits that software cannot draw | 模拟人才荒：软件画不出的电路 | Good analogue designers take ten years to grow. Ways to make it seven. | 培养一名优秀的模拟设计师需要十年，如何缩短到七年。
T zh | TW E | advanced packaging | 先进封装 | More than a box: packaging as part of the circuit | 不只是外壳：封装即电路 | When transistors stop shrinking, packages begin to think. | 当晶体管不再缩小，封装开始承担更多功能。
= energy-and-materials | 4 | 2017-11-09 14:00 | qiantang | Forum on New Energy and New Materials | 新能源与新材料论坛
M CN P | materials science | 材料科学
D Which material will we miss first? | 我们最先会缺哪一种材料？
T en | SE P | battery chemistry | 电池化学 | What limits a battery is seldom what is on the label | 限制电池的往往不是标称参数 | Cold, haste and age: three enemies of the electric bus. | 寒冷、快充与老化：电动公交的三个敌人。
T zh | CN P | photovoltaics | 光伏 | Perovskite: efficient in the laboratory, mortal outdoors | 钙钛矿：实验室里高效，户外短命 | A year of outdoor data from a roof in Jiande. | 来自建德一处屋顶的全年户外数据。
T en | RU P | rapid solidification of alloys | 合金快速凝固 | Glass made of metal | 金属做成的玻璃 | Amorphous alloys cut the losses of transformers by two thirds. How to cast them by the kilometre. | 非晶合金可将变压器损耗降低三分之二，如何实现公里级连续铸造。
T en | UA P | welding and joining | 焊接与连接 | Joining what does not want to be joined | 连接“不愿连接”的材料 | Aluminium to steel, titanium to carbon: processes ready for industry. | 铝与钢、钛与碳纤维：可供产业化的工艺。
= medical-technology | 5 | 2017-11-10 09:00 | qiantang | Forum on Medical Devices and Digital Health | 医疗器械与数字健康论坛
M CN H | hospital management | 医院管理
D The doctor, the device, the data: who is liable? | 医生、器械与数据：谁来负责？
T zh | CN H | radiology | 放射医学 | A second reader that never sleeps | 永不休息的第二阅片人 | Two years of computer-aided reading in eleven county hospitals: hits, misses and a change of habits. | 十一家县级医院两年辅助阅片：命中、漏诊与习惯的改变。
T en | IL E | surgical robotics | 手术机器人 | Small robots for small hospitals | 小医院用得起的小机器人 | A robot that fits on the table and costs less than the room. | 一台放在手术台边、价格低于手术室造价的机器人。
T en | DE E | implants | 植入器械 | Implants that disappear | 会消失的植入物 | Magnesium holds the bone for half a year, then leaves. Results of 400 patients. | 镁合金固定骨折半年后自行降解：400例患者结果。
T zh | US F | rehabilitation engineering | 康复工程 | Walking again, at home | 在家重新行走 | Rehabilitation that follows the patient through the door. | 让康复训练跟随患者回家。
"""

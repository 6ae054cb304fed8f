"""Invented universities and institutes, by country or region.

No guest of the demo may pass for a member of a real institution.
"""

from agreements.edition_2017.text import Text, rows

_ROWS = rows("""
US | Cascade Bay Institute of Technology | 卡斯凯德湾理工学院
US | Lakemont University | 雷克蒙特大学
US | University of the Great Plains | 大平原大学
US | Harborview Medical University | 港景医科大学
US | Blue Ridge State University | 蓝岭州立大学
US | Sierra Vista Polytechnic | 谢拉维斯塔理工大学
US | Eastgate College of Engineering | 伊斯特盖特工程学院
US | Redwood Institute for Biomedical Research | 红杉生物医学研究院
US | Pinecrest University School of Medicine | 派恩克雷斯特大学医学院
US | Silver Lake National Laboratory | 银湖国家实验室
US | Longmeadow University | 朗梅多大学
US | Rio Claro University | 里奥克拉罗大学
JP | Musashino Bay Institute of Science | 武藏湾科学大学
JP | Aoba University of Technology | 青叶工业大学
JP | Setouchi Advanced Materials Institute | 濑户内先进材料研究所
JP | Hokuto Medical University | 北斗医科大学
GB | Thornbridge University | 索恩布里奇大学
GB | University of West Anglia | 西安格利亚大学
GB | Severnside Institute of Technology | 塞文赛德理工学院
GB | Calder Valley School of Medicine | 考尔德谷医学院
DE | Rheinau University of Technology | 莱瑙工业大学
DE | Isartal Institute for Production Engineering | 伊萨塔尔生产工程研究所
DE | University of Lindenburg | 林登堡大学
DE | Oderland Institute for Microsystems | 奥德兰微系统研究所
CA | Lake Ontario Polytechnic | 安大略湖理工大学
CA | Northern Pacific University | 北太平洋大学
CA | Laurentian Shield University | 劳伦高地大学
AU | Southern Cross Institute of Technology | 南十字理工学院
AU | Wattle Bay University | 瓦特尔湾大学
AU | Murray River University | 墨累河大学
SG | Straits Institute of Technology | 海峡理工学院
SG | Marina South University | 滨海南大学
FR | Loire Valley School of Engineering | 卢瓦尔河谷工程师学院
FR | University of Haute-Garonne Sud | 上加龙南大学
FR | Institute of Molecular Medicine Rhône-Sud | 罗讷南分子医学研究所
KR | Hangang Institute of Science and Technology | 汉江科学技术院
KR | Namdo University | 南道大学
HK | Victoria Peak University | 太平山大学
HK | Lion Rock Institute of Innovation | 狮子山创新研究院
TW | Alishan University of Science | 阿里山科技大学
TW | Tamsui Bay University | 淡水湾大学
MO | Lotus Bay University | 莲花湾大学
RU | Ural Institute of Applied Physics | 乌拉尔应用物理研究所
RU | Neva State Polytechnic | 涅瓦国立理工大学
NL | Merwede University of Technology | 梅尔韦德理工大学
NL | Waal Institute for Photonics | 瓦尔光子学研究所
SE | Mälardal Coast University | 梅拉达尔海岸大学
SE | Skåne Institute for Life Sciences | 斯科讷生命科学研究所
IL | Carmel Bay Institute of Technology | 卡梅尔湾理工学院
IL | Negev Centre for Biomedical Engineering | 内盖夫生物医学工程中心
IT | Polytechnic of Valpiana | 瓦尔皮亚纳理工大学
IT | University of Monteverde | 蒙特韦尔德大学
IN | Deccan Institute of Information Sciences | 德干信息科学学院
IN | Konkan University | 康坎大学
UA | Dnipro Institute for Welding and Materials | 第聂伯焊接与材料研究所
CH | Aareland Institute of Technology | 阿勒兰理工学院
ES | University of Costa Clara | 科斯塔克拉拉大学
FI | Saimaa Lakeland University | 塞马湖区大学
NZ | Otaki Coast University | 奥塔基海岸大学
MY | Kinta Valley University | 近打谷大学
PL | Vistula Polytechnic | 维斯瓦理工大学
GR | University of Aigaia | 爱盖亚大学
AE | Liwa Institute of Science | 利瓦科学学院
AM | Ararat Valley Institute of Informatics | 亚拉拉特谷信息学研究所
BR | University of Serra Verde | 塞拉韦尔德大学
VN | Red River Institute of Technology | 红河理工学院
TH | Chao Phraya Institute of Science | 湄南河科学学院
GE | Kolkheti University | 科尔赫蒂大学
CN | Qiantang Institute of Science and Technology | 钱塘科技学院
CN | Zhejiang Institute of Intelligent Manufacturing | 浙江智造研究院
CN | Wulin Medical College | 武林医学院
CN | Jinghu University | 镜湖大学
CN | Yanling University of Technology | 雁岭理工大学
CN | Binjiang Institute of Microelectronics | 滨江微电子研究所
CN | Cangbei University | 沧北大学
CN | Xinzhou University of Science | 新洲科技大学
""")

UNIVERSITIES: dict[str, tuple[Text, ...]] = {}
for _country, _english, _chinese in _ROWS:
    UNIVERSITIES[_country] = (*UNIVERSITIES.get(_country, ()), Text(_english, _chinese))

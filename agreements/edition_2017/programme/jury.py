"""The guests of honour at the opening, and the jury of the competition."""

from agreements.edition_2017.programme.forums import Expert
from agreements.edition_2017.text import Text, rows

# The competition's groups, and the sessions that each group's jurors sit in.
GROUPS: dict[str, tuple[str, ...]] = {
    "information": ("competition-information-1", "competition-information-2", "semi-final-1"),
    "finance": ("competition-finance-1", "semi-final-1"),
    "biomedicine": ("competition-biomedicine-1", "competition-biomedicine-2", "semi-final-2"),
    "manufacturing": ("competition-manufacturing-1", "competition-manufacturing-2", "semi-final-2"),
}

_JURORS = rows("""
information | CN P | computer architecture | 计算机体系结构
information | CN I | investment in software | 软件投资
information | US E | enterprise networks | 企业网络
finance | CN E | payment systems | 支付系统
finance | CN I | financial technology investment | 金融科技投资
finance | HK E | risk management in banks | 银行风险管理
biomedicine | CN H | cardiology | 心血管病学
biomedicine | CN I | healthcare investment | 医疗健康投资
biomedicine | US P | structural biology | 结构生物学
manufacturing | CN P | control engineering | 控制工程
manufacturing | CN I | investment in equipment makers | 装备制造投资
manufacturing | DE E | factory automation | 工厂自动化
""")

JURORS: tuple[tuple[str, Expert], ...] = tuple(
    (group, Expert(*who.split(), Text(english, chinese)))
    for group, who, english, chinese in _JURORS
)

_HONOURED = rows("""
CN G | the preparation of the conference | 大会筹备
US P | materials for data storage | 数据存储材料
GB P | public health | 公共卫生
JP P | robotics | 机器人学
CN F | industrial software | 工业软件
IN E | software services | 软件服务
""")

GUESTS_OF_HONOUR: tuple[Expert, ...] = tuple(
    Expert(*who.split(), Text(english, chinese)) for who, english, chinese in _HONOURED
)

FINALISTS = {"information": 3, "biomedicine": 3, "manufacturing": 3, "finance": 1}

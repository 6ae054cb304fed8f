"""What people are: titles by category of guest, in both languages."""

from agreements.edition_2017.text import texts

PROFESSOR = texts("""
Professor | 教授
Associate Professor | 副教授
Chair Professor | 讲席教授
Principal Investigator | 课题组组长
Research Director | 研究主任
Senior Research Fellow | 高级研究员
Distinguished Professor | 特聘教授
Senior Scientist | 资深科学家
""")

ENGINEER = texts("""
Chief Scientist | 首席科学家
Chief Technology Officer | 首席技术官
Vice President, Research and Development | 研发副总裁
Principal Engineer | 首席工程师
Director of Engineering | 工程总监
Senior Architect | 资深架构师
Head of Clinical Development | 临床开发负责人
Director of Data Science | 数据科学总监
""")

FOUNDER = texts("""
Founder and Chief Executive | 创始人兼首席执行官
Co-founder | 联合创始人
Co-founder and Chief Technology Officer | 联合创始人兼首席技术官
Founder | 创始人
General Manager | 总经理
""")

HOST_PARK = texts("""
Director, Talent Office | 人才办主任
Deputy Director, Investment Promotion | 招商局副局长
Head of Project Services | 项目服务科科长
Investment Promotion Manager | 招商经理
Deputy Director, Incubation Centre | 孵化中心副主任
""")

EMPLOYER = texts("""
Human Resources Director | 人力资源总监
Talent Acquisition Manager | 招聘经理
Vice President, Human Resources | 人力资源副总裁
Head of University Relations | 校企合作负责人
Head of Research Institute | 研究院院长
""")

INVESTOR = texts("""
Managing Partner | 管理合伙人
Partner | 合伙人
Investment Director | 投资总监
Vice President | 副总裁
Senior Investment Manager | 高级投资经理
Head of Healthcare Investment | 医疗投资负责人
""")

ASSOCIATION = texts("""
President | 会长
Vice President | 副会长
Secretary General | 秘书长
Board Member | 理事
Head of the Science and Technology Committee | 科技委员会主任
""")

PRESS = texts("""
Reporter | 记者
Senior Correspondent | 高级记者
Editor | 编辑
Photographer | 摄影记者
Video Journalist | 视频记者
Producer | 制片人
""")

STAFF = texts("""
Guest Liaison | 嘉宾联络员
Registration Desk | 报到处工作人员
Interpreter | 翻译
Volunteer Coordinator | 志愿者协调员
Venue Manager | 场馆经理
Protocol Officer | 礼宾专员
Signing Coordinator | 签约协调员
""")

VISITOR = texts("""
Doctoral Candidate | 博士研究生
Master's Student | 硕士研究生
Research Assistant | 科研助理
Software Engineer | 软件工程师
Product Manager | 产品经理
Postdoctoral Researcher | 博士后
Engineer | 工程师
Consultant | 咨询顾问
""")

MEDIA = texts("""
Qiantang Daily | 钱塘日报
West Lake Science Weekly | 西湖科技周刊
Jiangnan Business Review | 江南商业评论
Zhejiang Talent Monthly | 浙江英才月刊
Canal City Television | 运河城市电视台
Overseas Scholars' Voice | 海外学人之声
Pacific Technology Wire | 太平洋科技通讯
Delta Economic News | 三角洲经济报
""")

PUBLIC_BODIES = texts("""
Conference Office | 大会组委会办公室
Conference Talent Service Desk | 大会人才服务处
Conference Volunteer Service | 大会志愿者服务部
Conference Interpreters' Pool | 大会翻译组
""")

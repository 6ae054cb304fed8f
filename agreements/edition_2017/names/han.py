"""Chinese names: of the mainland, of Hong Kong and Taiwan, of Southeast Asia."""

from agreements.edition_2017.names.book import NameBook, parts

FAMILIES = parts("""
王 Wang, 李 Li, 张 Zhang, 刘 Liu, 陈 Chen, 杨 Yang, 黄 Huang, 赵 Zhao, 周 Zhou, 吴 Wu,
徐 Xu, 孙 Sun, 朱 Zhu, 马 Ma, 胡 Hu, 林 Lin, 郭 Guo, 何 He, 高 Gao, 罗 Luo, 郑 Zheng,
梁 Liang, 谢 Xie, 宋 Song, 唐 Tang, 许 Xu, 邓 Deng, 冯 Feng, 韩 Han, 曹 Cao, 彭 Peng,
萧 Xiao, 蔡 Cai, 潘 Pan, 田 Tian, 董 Dong, 袁 Yuan, 余 Yu, 叶 Ye, 蒋 Jiang, 杜 Du,
苏 Su, 魏 Wei, 程 Cheng, 吕 Lü, 丁 Ding, 沈 Shen, 姚 Yao, 卢 Lu, 钟 Zhong, 姜 Jiang,
崔 Cui, 谭 Tan, 陆 Lu, 范 Fan, 汪 Wang, 金 Jin, 石 Shi, 戴 Dai, 方 Fang, 邹 Zou, 熊 Xiong,
孟 Meng, 秦 Qin, 江 Jiang, 钱 Qian, 顾 Gu, 章 Zhang, 俞 Yu, 裘 Qiu, 楼 Lou, 骆 Luo,
屠 Tu, 诸葛 Zhuge, 欧阳 Ouyang
""")

MEN = parts("""
伟 Wei, 强 Qiang, 磊 Lei, 军 Jun, 勇 Yong, 杰 Jie, 涛 Tao, 超 Chao, 明 Ming, 刚 Gang,
平 Ping, 辉 Hui, 鹏 Peng, 华 Hua, 飞 Fei, 斌 Bin, 宇 Yu, 浩 Hao, 凯 Kai, 健 Jian, 峰 Feng,
昊然 Haoran, 子轩 Zixuan, 俊杰 Junjie, 志强 Zhiqiang, 建国 Jianguo, 建华 Jianhua,
文博 Wenbo, 天宇 Tianyu, 一鸣 Yiming, 志远 Zhiyuan, 永康 Yongkang, 晓东 Xiaodong,
家豪 Jiahao, 宏伟 Hongwei, 海波 Haibo, 国栋 Guodong, 立新 Lixin, 思远 Siyuan, 绍辉 Shaohui,
振宇 Zhenyu, 卫东 Weidong, 泽楷 Zekai, 鸿飞 Hongfei, 景行 Jingxing, 云龙 Yunlong,
书航 Shuhang, 亦凡 Yifan, 正阳 Zhengyang, 致远 Zhiyuan, 睿 Rui, 翔 Xiang, 哲 Zhe,
嘉伟 Jiawei, 春生 Chunsheng, 利民 Limin, 益民 Yimin, 学文 Xuewen, 启明 Qiming, 炳坤 Bingkun,
力行 Lixing, 承志 Chengzhi, 维钧 Weijun, 少聪 Shaocong, 晋 Jin, 钧 Jun, 旭东 Xudong,
文韬 Wentao, 继东 Jidong, 新宇 Xinyu, 子墨 Zimo, 亚平 Yaping, 世豪 Shihao, 瑞麟 Ruilin
""")

WOMEN = parts("""
芳 Fang, 娜 Na, 敏 Min, 静 Jing, 丽 Li, 艳 Yan, 娟 Juan, 霞 Xia, 燕 Yan, 玲 Ling, 红 Hong,
秀英 Xiuying, 桂英 Guiying, 洁 Jie, 梅 Mei, 琳 Lin, 雪 Xue, 莉 Li, 倩 Qian, 颖 Ying,
雨桐 Yutong, 欣怡 Xinyi, 思琪 Siqi, 雅婷 Yating, 诗涵 Shihan, 佳慧 Jiahui, 晓燕 Xiaoyan,
婷婷 Tingting, 文静 Wenjing, 美玲 Meiling, 海燕 Haiyan, 慧敏 Huimin, 丽华 Lihua,
淑贞 Shuzhen, 若曦 Ruoxi, 梓涵 Zihan, 语嫣 Yuyan, 可馨 Kexin, 晓薇 Xiaowei, 蕾 Lei,
怡君 Yijun, 佩珊 Peishan, 乐怡 Leyi, 书瑶 Shuyao, 锦绣 Jinxiu, 清韵 Qingyun, 素琴 Suqin,
云舒 Yunshu, 冰洁 Bingjie, 映雪 Yingxue, 知夏 Zhixia, 黎 Li, 岚 Lan, 萍 Ping, 瑾 Jin,
爱华 Aihua, 春兰 Chunlan, 晶晶 Jingjing, 凌霄 Lingxiao, 亦菲 Yifei, 安琪 Anqi
""")

# First names that Chinese scholars and founders abroad go by.
ENGLISH_MEN = "Kevin Eric Jason David Michael Frank Tony Leo Henry Andrew Victor Alan Raymond Simon"
ENGLISH_WOMEN = "Grace Amy Helen Lily Cindy Vivian Jenny Michelle Nancy Emily Sophia Tracy Joanne"

MAINLAND = NameBook(FAMILIES, MEN, WOMEN, family_first=True, family_first_latin=True, space="")
OVERSEAS = NameBook(FAMILIES, MEN, WOMEN, family_first=True, space="")

HONG_KONG = NameBook(
    families=parts("""
    陳 Chan, 黃 Wong, 李 Lee, 梁 Leung, 張 Cheung, 林 Lam, 王 Wong, 吳 Ng, 劉 Lau, 鄭 Cheng,
    何 Ho, 郭 Kwok, 楊 Yeung, 葉 Yip, 周 Chow, 鄧 Tang, 許 Hui, 馮 Fung, 蔡 Choi, 羅 Law,
    譚 Tam, 麥 Mak, 余 Yu, 袁 Yuen, 潘 Poon
    """),
    men=parts("""
    家明 Ka-ming, 志偉 Chi-wai, 國強 Kwok-keung, 俊傑 Chun-kit, 永康 Wing-hong, 偉文 Wai-man,
    浩然 Ho-yin, 子健 Tsz-kin, 文傑 Man-kit, 柏賢 Pak-yin, 啟峰 Kai-fung, 耀輝 Yiu-fai,
    嘉樂 Ka-lok, 振邦 Chun-pong, 兆基 Siu-kei
    """),
    women=parts("""
    嘉欣 Ka-yan, 詠詩 Wing-sze, 美玲 Mei-ling, 淑儀 Shuk-yee, 慧敏 Wai-man, 穎琳 Wing-lam,
    凱晴 Hoi-ching, 雅文 Nga-man, 曉彤 Hiu-tung, 麗珍 Lai-chun, 婉婷 Yuen-ting, 思敏 Sze-man
    """),
    family_first=True,
    family_first_latin=True,
    space="",
)

TAIWAN = NameBook(
    families=parts("""
    陳 Chen, 林 Lin, 黃 Huang, 張 Chang, 李 Lee, 王 Wang, 吳 Wu, 劉 Liu, 蔡 Tsai, 楊 Yang,
    許 Hsu, 鄭 Cheng, 謝 Hsieh, 洪 Hung, 郭 Kuo, 邱 Chiu, 曾 Tseng, 廖 Liao, 賴 Lai, 徐 Hsu,
    周 Chou, 葉 Yeh, 蘇 Su, 莊 Chuang, 呂 Lu, 江 Chiang, 何 Ho, 蕭 Hsiao, 羅 Lo, 高 Kao
    """),
    men=parts("""
    志豪 Chih-hao, 俊宏 Chun-hung, 建宏 Chien-hung, 家豪 Chia-hao, 承翰 Cheng-han,
    冠宇 Kuan-yu, 宗翰 Tsung-han, 柏翰 Po-han, 彥廷 Yen-ting, 信宏 Hsin-hung, 文雄 Wen-hsiung,
    明哲 Ming-che, 國華 Kuo-hua, 哲瑋 Che-wei, 育誠 Yu-cheng, 仁傑 Jen-chieh
    """),
    women=parts("""
    雅婷 Ya-ting, 怡君 Yi-chun, 淑芬 Shu-fen, 美惠 Mei-hui, 佳穎 Chia-ying, 詩涵 Shih-han,
    欣怡 Hsin-yi, 淑惠 Shu-hui, 宜蓁 Yi-chen, 雅雯 Ya-wen, 靜宜 Ching-yi, 郁婷 Yu-ting
    """),
    family_first=True,
    family_first_latin=False,
    space="",
)

NANYANG = NameBook(
    families=parts("""
    陈 Tan, 林 Lim, 李 Lee, 黄 Ng, 王 Ong, 吴 Goh, 张 Teo, 蔡 Chua, 郑 Tay, 许 Koh, 杨 Yeo,
    沈 Sim, 梁 Leong, 刘 Low, 何 Ho, 洪 Ang, 曾 Chan, 周 Chew, 苏 Soh, 颜 Gan
    """),
    men=parts("""
    伟杰 Wei_Jie, 俊豪 Jun_Hao, 志明 Chee_Meng, 文辉 Boon_Hui, 家伟 Jia_Wei, 国强 Kok_Keong,
    永福 Eng_Hock, 凯文 Kai_Boon, 诗恩 Shi_En, 建安 Kian_Ann, 子扬 Zi_Yang, 荣华 Eng_Hua
    """),
    women=parts("""
    慧玲 Hui_Ling, 美芬 Bee_Hoon, 佩珊 Pei_Shan, 欣怡 Xin_Yi, 诗婷 Si_Ting, 丽莲 Lay_Lian,
    婉婷 Wan_Ting, 秀芳 Siew_Hong, 嘉仪 Kah_Yee, 淑敏 Shu_Min
    """),
    family_first=True,
    family_first_latin=True,
    space="",
)

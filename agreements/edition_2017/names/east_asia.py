"""Japanese, Korean, Thai and Vietnamese names."""

from agreements.edition_2017.names.book import NameBook, parts

JAPAN = NameBook(
    families=parts("""
    佐藤 Sato, 鈴木 Suzuki, 高橋 Takahashi, 田中 Tanaka, 渡辺 Watanabe, 伊藤 Ito, 山本 Yamamoto,
    中村 Nakamura, 小林 Kobayashi, 加藤 Kato, 吉田 Yoshida, 山田 Yamada, 佐々木 Sasaki,
    松本 Matsumoto, 井上 Inoue, 木村 Kimura, 林 Hayashi, 清水 Shimizu, 山崎 Yamazaki, 森 Mori,
    池田 Ikeda, 橋本 Hashimoto, 石川 Ishikawa, 前田 Maeda, 藤田 Fujita, 岡田 Okada,
    長谷川 Hasegawa, 村上 Murakami, 近藤 Kondo, 石井 Ishii, 坂本 Sakamoto, 遠藤 Endo, 青木 Aoki,
    西村 Nishimura, 福田 Fukuda, 三浦 Miura, 藤井 Fujii, 岡本 Okamoto, 中川 Nakagawa, 原田 Harada
    """),
    men=parts("""
    健一 Kenichi, 誠 Makoto, 浩二 Koji, 大輔 Daisuke, 拓也 Takuya, 直樹 Naoki, 哲也 Tetsuya,
    和彦 Kazuhiko, 翔太 Shota, 隆 Takashi, 修 Osamu, 雄介 Yusuke, 博之 Hiroyuki, 克己 Katsumi,
    正人 Masato, 達也 Tatsuya, 慎太郎 Shintaro, 亮 Ryo, 秀樹 Hideki, 康夫 Yasuo
    """),
    women=parts("""
    陽子 Yoko, 恵子 Keiko, 由美子 Yumiko, 智子 Tomoko, 裕子 Yuko, 真由美 Mayumi, 直美 Naomi,
    美咲 Misaki, 愛 Ai, 香織 Kaori, 久美子 Kumiko, 麻衣 Mai, 千尋 Chihiro, 典子 Noriko, 彩 Aya,
    さくら Sakura
    """),
    family_first=True,
    space=" ",
)

KOREA = NameBook(
    families=parts("""
    김 Kim, 이 Lee, 박 Park, 최 Choi, 정 Jung, 강 Kang, 조 Cho, 윤 Yoon, 장 Jang, 임 Lim, 한 Han,
    오 Oh, 서 Seo, 신 Shin, 권 Kwon, 황 Hwang, 안 Ahn, 송 Song, 류 Ryu, 홍 Hong, 전 Jeon, 문 Moon
    """),
    men=parts("""
    민준 Min-jun, 성호 Sung-ho, 영수 Young-soo, 지훈 Ji-hoon, 동현 Dong-hyun, 준영 Jun-young,
    상우 Sang-woo, 태현 Tae-hyun, 재원 Jae-won, 현우 Hyun-woo, 승민 Seung-min, 기태 Ki-tae,
    병철 Byung-chul, 도윤 Do-yoon, 우진 Woo-jin, 정훈 Jung-hoon
    """),
    women=parts("""
    지은 Ji-eun, 수진 Soo-jin, 은정 Eun-jung, 미경 Mi-kyung, 서연 Seo-yeon, 현주 Hyun-joo,
    유진 Yu-jin, 하나 Ha-na, 민지 Min-ji, 혜진 Hye-jin, 소영 So-young, 보람 Bo-ram
    """),
    family_first=True,
    space="",
)

THAILAND = NameBook(
    families=parts("""
    ศรีสวัสดิ์ Srisawat, วงศ์สุวรรณ Wongsuwan, แสงทอง Saengthong, บุญมี Boonmee, ทองดี Thongdee,
    สุขใจ Sukjai, รัตนพันธุ์ Rattanaphan, จันทร์แก้ว Chankaew, เจริญสุข Charoensuk, พงษ์ไพบูลย์ Phongphaibun,
    อินทรสุวรรณ Intharasuwan, ชัยวัฒน์ Chaiwat
    """),
    men=parts("""
    สมชาย Somchai, กิตติ Kitti, ณัฐพงศ์ Nattapong, ธนากร Thanakorn, วีระ Weera, อนันต์ Anan,
    ประเสริฐ Prasert, สุรชัย Surachai, ภาณุ Phanu, ชาญวิทย์ Chanwit
    """),
    women=parts("""
    มาลี Malee, สุดา Suda, พิมพ์ชนก Pimchanok, วรรณา Wanna, กานดา Kanda, ศิริพร Siriporn,
    อรทัย Orathai, นภา Napha, รัตนา Rattana
    """),
)

VIETNAM = NameBook(
    families=parts("""
    Nguyễn Nguyen, Trần Tran, Lê Le, Phạm Pham, Hoàng Hoang, Phan Phan, Vũ Vu, Đặng Dang,
    Bùi Bui, Đỗ Do, Hồ Ho, Ngô Ngo
    """),
    men=parts("""
    Văn_Minh Van_Minh, Quốc_Anh Quoc_Anh, Đức_Long Duc_Long, Hữu_Phước Huu_Phuoc,
    Thành_Nam Thanh_Nam, Hoài_Sơn Hoai_Son, Minh_Tuấn Minh_Tuan, Gia_Huy Gia_Huy
    """),
    women=parts("""
    Thị_Lan Thi_Lan, Thu_Hà Thu_Ha, Minh_Ngọc Minh_Ngoc, Phương_Thảo Phuong_Thao,
    Bích_Ngọc Bich_Ngoc, Khánh_Linh Khanh_Linh, Mai_Hương Mai_Huong
    """),
    family_first=True,
    family_first_latin=True,
)

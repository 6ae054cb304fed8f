"""Hebrew, Arabic, Indian and Malay names."""

from agreements.edition_2017.names.book import NameBook, parts

ISRAEL = NameBook(
    families=parts("""
    כהן Cohen, לוי Levi, מזרחי Mizrahi, פרץ Peretz, ביטון Biton, אברהם Avraham, פרידמן Friedman,
    שפירא Shapira, רוזנברג Rosenberg, בן-דוד Ben-David, גולן Golan, שגב Segev, הראל Harel
    """),
    men=parts("""
    דוד David, יוסף Yosef, איתן Eitan, יונתן Yonatan, אורי Uri, עמית Amit, גיא Guy, רון Ron,
    אבי Avi, נדב Nadav
    """),
    women=parts("""
    נועה Noa, תמר Tamar, מיכל Michal, יעל Yael, רחל Rachel, שירה Shira, דנה Dana, ענת Anat
    """),
)

EMIRATES = NameBook(
    families=parts("""
    المنصوري Al_Mansoori, الشامسي Al_Shamsi, الزعابي Al_Zaabi, الكعبي Al_Kaabi, المزروعي Al_Mazrouei,
    السويدي Al_Suwaidi, الهاشمي Al_Hashimi, الحمادي Al_Hammadi
    """),
    men=parts("""
    أحمد Ahmed, محمد Mohammed, خالد Khalid, سعيد Saeed, راشد Rashid, عمر Omar, يوسف Yousef,
    سلطان Sultan
    """),
    women=parts("فاطمة Fatima, مريم Mariam, عائشة Aisha, نورة Noura, سارة Sara, هند Hind"),
)

INDIA = NameBook(
    families=parts("""
    शर्मा Sharma, वर्मा Verma, गुप्ता Gupta, पटेल Patel, सिंह Singh, कुमार Kumar, मेहता Mehta, जोशी Joshi,
    राव Rao, नायर Nair, अय्यर Iyer, रेड्डी Reddy, बनर्जी Banerjee, मुखर्जी Mukherjee, देसाई Desai,
    कुलकर्णी Kulkarni
    """),
    men=parts("""
    राहुल Rahul, अमित Amit, संजय Sanjay, विक्रम Vikram, अरुण Arun, राजेश Rajesh, सुरेश Suresh,
    आदित्य Aditya, कार्तिक Karthik, अनिल Anil, मनोज Manoj
    """),
    women=parts("""
    प्रिया Priya, अनीता Anita, सुनीता Sunita, काव्या Kavya, दीपा Deepa, मीरा Meera, नेहा Neha,
    लक्ष्मी Lakshmi
    """),
)

MALAY = NameBook(
    families=parts("""
    bin_Abdullah, bin_Ismail, bin_Hassan, bin_Rahman, bin_Yusof, bin_Osman
    """),
    feminine=parts("binti_Abdullah, binti_Ismail, binti_Hassan, binti_Rahman, binti_Yusof"),
    men=parts("Ahmad_Faizal, Mohd_Hafiz, Azman, Khairul, Zulkifli, Shahrul, Nizam"),
    women=parts("Siti_Hajar, Nur_Aisyah, Norhayati, Farah, Rohani, Zarina"),
)

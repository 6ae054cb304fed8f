"""Names in Cyrillic, Greek, Armenian and Georgian script."""

from agreements.edition_2017.names.book import NameBook, parts

RUSSIA = NameBook(
    families=parts("""
    Иванов Ivanov, Смирнов Smirnov, Кузнецов Kuznetsov, Попов Popov, Васильев Vasilyev,
    Петров Petrov, Соколов Sokolov, Михайлов Mikhailov, Новиков Novikov, Фёдоров Fyodorov,
    Морозов Morozov, Волков Volkov, Лебедев Lebedev, Егоров Yegorov, Павлов Pavlov,
    Степанов Stepanov, Никитин Nikitin, Орлов Orlov
    """),
    feminine=parts("""
    Иванова Ivanova, Смирнова Smirnova, Кузнецова Kuznetsova, Попова Popova, Васильева Vasilyeva,
    Петрова Petrova, Соколова Sokolova, Михайлова Mikhailova, Новикова Novikova,
    Морозова Morozova, Волкова Volkova, Лебедева Lebedeva, Павлова Pavlova, Орлова Orlova
    """),
    men=parts("""
    Алексей Alexei, Сергей Sergei, Дмитрий Dmitri, Андрей Andrei, Михаил Mikhail, Иван Ivan,
    Николай Nikolai, Владимир Vladimir, Павел Pavel, Игорь Igor, Константин Konstantin
    """),
    women=parts("""
    Елена Elena, Ольга Olga, Наталья Natalia, Татьяна Tatiana, Ирина Irina, Анна Anna,
    Мария Maria, Светлана Svetlana, Екатерина Ekaterina
    """),
)

UKRAINE = NameBook(
    families=parts("""
    Мельник Melnyk, Шевченко Shevchenko, Бойко Boiko, Коваленко Kovalenko, Бондаренко Bondarenko,
    Ткаченко Tkachenko, Кравченко Kravchenko, Олійник Oliinyk, Шевчук Shevchuk, Коваль Koval,
    Поліщук Polishchuk, Лисенко Lysenko
    """),
    men=parts("""
    Олександр Oleksandr, Андрій Andrii, Сергій Serhii, Михайло Mykhailo, Тарас Taras,
    Богдан Bohdan, Юрій Yurii, Дмитро Dmytro
    """),
    women=parts("""
    Оксана Oksana, Олена Olena, Наталія Nataliia, Ірина Iryna, Ганна Hanna, Людмила Liudmyla
    """),
)

GREECE = NameBook(
    families=parts("""
    Παπαδόπουλος Papadopoulos, Αντωνίου Antoniou, Γεωργίου Georgiou, Δημητρίου Dimitriou,
    Νικολαΐδης Nikolaidis, Παππάς Pappas, Βασιλείου Vasileiou, Οικονόμου Oikonomou
    """),
    feminine=parts("""
    Παπαδοπούλου Papadopoulou, Αντωνίου Antoniou, Γεωργίου Georgiou, Δημητρίου Dimitriou,
    Νικολαΐδου Nikolaidou, Παππά Pappa, Βασιλείου Vasileiou, Οικονόμου Oikonomou
    """),
    men=parts("""
    Γιώργος Giorgos, Δημήτρης Dimitris, Νίκος Nikos, Κώστας Kostas, Γιάννης Giannis,
    Παναγιώτης Panagiotis, Στέλιος Stelios
    """),
    women=parts("""
    Μαρία Maria, Ελένη Eleni, Κατερίνα Katerina, Σοφία Sofia, Άννα Anna, Δέσποινα Despina
    """),
)

ARMENIA = NameBook(
    families=parts("""
    Գրիգորյան Grigoryan, Հարությունյան Harutyunyan, Սարգսյան Sargsyan, Հովհաննիսյան Hovhannisyan,
    Պետրոսյան Petrosyan, Խաչատրյան Khachatryan, Վարդանյան Vardanyan
    """),
    men=parts("Արմեն Armen, Տիգրան Tigran, Հայկ Hayk, Դավիթ Davit, Գևորգ Gevorg, Վահե Vahe"),
    women=parts("Անի Ani, Մարիամ Mariam, Նարինե Narine, Լուսինե Lusine, Գայանե Gayane"),
)

GEORGIA = NameBook(
    families=parts("""
    ბერიძე Beridze, კაპანაძე Kapanadze, გელაშვილი Gelashvili, მაისურაძე Maisuradze,
    ლომიძე Lomidze, წიკლაური Tsiklauri
    """),
    men=parts("გიორგი Giorgi, დავით Davit, ლევან Levan, ირაკლი Irakli, ზურაბ Zurab"),
    women=parts("ნინო Nino, მარიამ Mariam, თამარ Tamar, ანა Ana, ეკა Eka"),
)

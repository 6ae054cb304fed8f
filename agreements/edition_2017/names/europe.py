"""Names of continental Europe in Latin script, and Portuguese ones of Brazil."""

from agreements.edition_2017.names.book import NameBook, parts

GERMANY = NameBook(
    families=parts("""
    Müller Mueller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann,
    Schäfer Schaefer, Koch, Bauer, Richter, Klein, Wolf, Schröder Schroeder, Neumann, Schwarz,
    Zimmermann, Braun, Krüger Krueger, Hofmann, Hartmann, Lange, Werner, Krause, Lehmann,
    Köhler Koehler, Maier, Vogel, Friedrich, Keller, Günther Guenther, Frank, Berger, Winkler,
    Lorenz, Albrecht, Brandt
    """),
    men=parts("""
    Thomas, Michael, Andreas, Stefan, Christian, Jürgen Juergen, Wolfgang, Klaus, Matthias,
    Markus, Martin, Uwe, Jens, Frank, Sebastian, Tobias, Florian, Philipp, Dieter, Holger
    """),
    women=parts("""
    Sabine, Petra, Monika, Claudia, Susanne, Julia, Katharina, Anna, Birgit, Heike, Ulrike,
    Annette, Stefanie, Franziska, Kerstin
    """),
)

SWITZERLAND = NameBook(
    families=parts("""
    Meier, Müller Mueller, Keller, Huber, Baumgartner, Frei, Brunner, Gerber, Wyss, Zürcher Zuercher,
    Rochat, Favre, Bernasconi, Steiner
    """),
    men=parts("Urs, Beat, Reto, Lukas, Marc, Daniel, Pascal, Jürg Juerg, Olivier"),
    women=parts("Regula, Corinne, Simone, Barbara, Nathalie, Ursina, Sandra"),
)

FRANCE = NameBook(
    families=parts("""
    Martin, Bernard, Dubois, Thomas, Robert, Richard, Petit, Durand, Leroy, Moreau, Simon,
    Laurent, Lefebvre, Michel, Garcia, Bertrand, Roux, Vincent, Fournier, Morel, Girard, Mercier,
    Lambert, Bonnet, François Francois, Legrand, Gauthier, Chevalier, Besson, Renaud
    """),
    men=parts("""
    Pierre, Jean-Luc, Philippe, Nicolas, Antoine, Julien, Olivier, Laurent, Guillaume, Mathieu,
    Frédéric Frederic, Étienne Etienne, Thierry, Benoît Benoit, Sébastien Sebastien
    """),
    women=parts("""
    Marie, Nathalie, Isabelle, Sophie, Camille, Claire, Hélène Helene, Valérie Valerie, Céline Celine,
    Anne-Laure, Émilie Emilie, Aurélie Aurelie
    """),
)

ITALY = NameBook(
    families=parts("""
    Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno,
    Gallo, Conti, De_Luca, Costa, Giordano, Mancini, Rizzo, Lombardi, Moretti
    """),
    men=parts(
        "Marco, Andrea, Francesco, Alessandro, Matteo, Luca, Giuseppe, Paolo, Stefano, Davide"
    ),
    women=parts("Giulia, Francesca, Chiara, Elena, Paola, Silvia, Martina, Federica, Valentina"),
)

SPAIN = NameBook(
    families=parts("""
    García_López Garcia_Lopez, Martínez_Ruiz Martinez_Ruiz, Fernández_Vega Fernandez_Vega,
    Sánchez_Moreno Sanchez_Moreno, Romero_Gil Romero_Gil, Navarro_Ortiz Navarro_Ortiz,
    Domínguez_Soler Dominguez_Soler, Iglesias_Prat Iglesias_Prat, Serrano_Molina Serrano_Molina
    """),
    men=parts("Javier, Carlos, Álvaro Alvaro, Sergio, Miguel, Pablo, Joaquín Joaquin, Ignacio"),
    women=parts("Carmen, Lucía Lucia, Marta, Beatriz, Pilar, Inés Ines, Elena, Rocío Rocio"),
)

NETHERLANDS = NameBook(
    families=parts("""
    de_Jong, Jansen, de_Vries, van_den_Berg, Bakker, van_Dijk, Visser, Smit, Meijer, de_Boer,
    Mulder, de_Groot, Bos, Vos, Hendriks, van_Leeuwen
    """),
    men=parts("Jan, Pieter, Maarten, Bas, Jeroen, Willem, Sander, Ruben, Thijs"),
    women=parts("Anneke, Marieke, Femke, Ingrid, Sanne, Lotte, Esther"),
)

SWEDEN = NameBook(
    families=parts("""
    Andersson, Johansson, Karlsson, Nilsson, Eriksson, Larsson, Olsson, Persson, Svensson,
    Gustafsson, Lindberg, Lindström Lindstrom, Bergström Bergstrom, Sandberg, Åkesson Akesson,
    Söderlund Soderlund
    """),
    men=parts("Erik, Lars, Anders, Johan, Magnus, Fredrik, Björn Bjorn, Göran Goran, Henrik"),
    women=parts("Anna, Karin, Kristina, Eva, Malin, Åsa Asa, Ingrid, Elin, Sofia"),
)

FINLAND = NameBook(
    families=parts("""
    Korhonen, Virtanen, Mäkinen Makinen, Nieminen, Mäkelä Makela, Hämäläinen Hamalainen, Laine,
    Heikkinen, Koskinen, Järvinen Jarvinen, Lehtonen, Salminen
    """),
    men=parts("Juhani, Mikko, Timo, Antti, Jari, Markku, Petri, Väinö Vaino"),
    women=parts("Anneli, Johanna, Päivi Paivi, Kaisa, Leena, Riitta, Sanna"),
)

POLAND = NameBook(
    families=parts("""
    Nowak, Kowalski, Wiśniewski Wisniewski, Wójcik Wojcik, Kamiński Kaminski, Lewandowski,
    Zieliński Zielinski, Szymański Szymanski, Woźniak Wozniak, Dąbrowski Dabrowski
    """),
    feminine=parts("""
    Nowak, Kowalska, Wiśniewska Wisniewska, Wójcik Wojcik, Kamińska Kaminska, Lewandowska,
    Zielińska Zielinska, Szymańska Szymanska, Woźniak Wozniak, Dąbrowska Dabrowska
    """),
    men=parts("Piotr, Krzysztof, Andrzej, Tomasz, Paweł Pawel, Michał Michal, Łukasz Lukasz"),
    women=parts("Agnieszka, Małgorzata Malgorzata, Katarzyna, Ewa, Joanna, Magdalena"),
)

BRAZIL = NameBook(
    families=parts("""
    Silva, Santos, Oliveira, Souza, Lima, Pereira, Ferreira, Almeida, Ribeiro, Carvalho, Araújo Araujo
    """),
    men=parts("João Joao, Pedro, Lucas, Rafael, Gustavo, Marcelo, Thiago, André Andre"),
    women=parts("Ana_Paula, Mariana, Fernanda, Juliana, Camila, Beatriz, Letícia Leticia"),
)

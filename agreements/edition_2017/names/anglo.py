"""English names, as in Britain, North America, Australia and New Zealand."""

from agreements.edition_2017.names.book import NameBook, parts

ENGLISH = NameBook(
    families=parts("""
    Smith, Johnson, Williams, Brown, Miller, Davis, Wilson, Anderson, Taylor, Thomas, Moore,
    Martin, Thompson, White, Harris, Clark, Lewis, Robinson, Walker, Young, Allen, King, Wright,
    Scott, Hill, Green, Adams, Baker, Nelson, Carter, Mitchell, Roberts, Turner, Phillips,
    Campbell, Parker, Evans, Edwards, Collins, Stewart, Morris, Murphy, Cook, Rogers, Morgan,
    Cooper, Peterson, Reed, Bailey, Bell, Kelly, Howard, Ward, Richardson, Watson, Brooks,
    Bennett, Gray, Hughes, Price, Foster, Sanders, Ross, Coleman, Sutherland, Whitaker, Ashworth,
    Pemberton, Hargreaves, Lindqvist, Donnelly, Fairbanks, Okafor, Castellano, Novak, Desai
    """),
    men=parts("""
    James, Robert, John, Michael, William, David, Richard, Thomas, Christopher, Daniel, Matthew,
    Anthony, Mark, Steven, Paul, Andrew, Joshua, Kenneth, Brian, George, Timothy, Edward, Jason,
    Jeffrey, Ryan, Gary, Nicholas, Eric, Stephen, Jonathan, Scott, Benjamin, Samuel, Gregory,
    Patrick, Alexander, Peter, Douglas, Nathan, Adam, Oliver, Graham, Alistair, Duncan, Hugh
    """),
    women=parts("""
    Mary, Patricia, Jennifer, Linda, Elizabeth, Barbara, Susan, Jessica, Sarah, Karen, Lisa,
    Nancy, Margaret, Sandra, Ashley, Emily, Michelle, Amanda, Melissa, Deborah, Stephanie,
    Rebecca, Laura, Helen, Sharon, Cynthia, Amy, Angela, Catherine, Nicole, Samantha, Katherine,
    Rachel, Olivia, Hannah, Fiona, Alice, Charlotte, Imogen
    """),
)

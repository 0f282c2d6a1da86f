"""Given names that stand for one another in English use, and given names known to be names of their own.

Written for this project from general knowledge of names in England and Wales, wherever they came from; a class holds the
full name first, and spellings of one name carried over from another script.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_CLASSES: Final = """
abigail abi abbie abby gail
adam ad
adrian ade
agnes aggie nessie
alan al allan allen
albert bert bertie al
alexander alex alec lex sandy xander sasha aleks
alexandra alex alexa lexi sandy sasha
alfred alf alfie fred
alison ali allie
amanda mandy
amelia millie milly mel
andrew andy drew
andrea andi
angela angie ange
ann anne annie nan
anthony tony ant antony
antonia toni
archibald archie
arthur art artie
augustus gus
barbara babs barb
barnaby barney
bartholomew bart
beatrice bea trixie beatrix
benjamin ben benny benji
bernard bernie
bradley brad
bridget bridie biddy
cameron cam
carl karl
caroline carol caz carrie carolyn
catherine kate katie kathy cath cathy katherine kathryn kath kitty katy kathleen kat cat
cecilia cissie cis
charles charlie chas chuck charley
charlotte charlie lottie
christopher chris kit topher kris
christine chris chrissie tina christina
christian chris kris
kirsty kirstie
clement clem
clifford cliff
cornelius neil
cynthia cindy
daniel dan danny
danielle dani
david dave davy davey dai
deborah deb debbie debra
dennis den denny
derek del
dominic dom
donald don donny
dorothy dot dottie dolly
douglas doug dougie
edmund ed ned
edward ed eddie ted teddy ned eddy
edwin eddie
eleanor ellie nell nellie ella elly elinor
elizabeth liz lizzie beth betty eliza bess bessie elisabeth libby betsy elspeth lizzy
ellen nellie nell
emily em emmy
emma em
ernest ernie
esther hetty
eugene gene
evelyn evie eve
florence flo florrie flossie
frances fran frankie fanny franny
francis frank frankie fran
francesca fran frankie fanny
frederick fred freddie freddy
gabriel gabe
gabrielle gabby
geoffrey geoff jeff jeffrey
george georgie
georgina georgie gina
georgia georgie
gerald gerry jerry gerard
gertrude gertie
gillian gill jill
gordon gord
grace gracie
graham gray graeme
gregory greg
gwendoline gwen
hannah hanna
harold harry hal
harriet hattie harrie
helen nell lena ellen
henry harry hal hank
herbert herb bert
horace horry
hugh hughie huw
ian iain
isaac ike zac
isabella izzy bella isabel isobel isabelle belle
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janie janey jayne
janet jan
jasmine jas jazz
jeffery jeff
jennifer jen jenny jenni
jeremy jez jerry
jessica jess jessie
joanna jo joey
joanne jo joey
joan joanie
jonathan jon jonny jonathon
john johnny jack jon johnnie
joseph joe joey jo
joshua josh
joyce joy
judith judy jude
julia jules
julie jules
juliet julie jules
kenneth ken kenny
kevin kev
kimberley kim kimberly
laurence larry lawrence laurie lawrie
leonard len lenny leo
leslie les lesley
lewis lew louis lou louie
lillian lily lil
linda lin lindy lynda
louisa lou louise
lucy lucille lu
luke luka
lydia liddy
madeleine maddie maddy madeline
malcolm mal
margaret maggie meg peggy marge margie madge daisy mags greta margery
martha mattie patty
martin marty
mary molly polly mae mamie may
matilda tilly tillie mattie
matthew matt matty
maurice mo
maximilian max
megan meg
melanie mel
melissa mel lissa
michael mick mike micky mickey mikey mitch
michelle shell chelle
mildred millie
mohammed mohammad muhammad mohamed mo muhammed mohamad
nancy nan
natalie nat nats
nathan nate nat
nathaniel nate nat nathan
neville nev
nicholas nick nicky nik nicolas nicholas
nicola nicky nikki nic
norman norm
oliver ollie olly
olivia ollie olly liv livvy livia
oscar ozzy
pamela pam
patricia pat trish tricia patsy patty
patrick pat paddy
paul pauly
pauline
penelope penny pen
peter pete
philip phil phillip pip
philippa pippa pip
phoebe phebe
rachel rach rachael
raymond ray
rebecca becky becca bex becci
reginald reg reggie
richard rick dick ricky rich richie
robert rob bob bobby robbie bert
robyn robin
roderick rod rory
roger rodge
ronald ron ronnie
rosemary rose rosie
rowena ro
rupert bert
russell russ
samuel sam sammy
samantha sam sammy sami
sandra sandy
sarah sally sadie sara
sebastian seb bas
sharon shaz
sidney sid
simon si
solomon sol
sophia sophie soph sofia
stanley stan
stephanie steph stevie
stephen steve steven stevie ste
stuart stu stewart
susan sue susie suzie suzanne susanna susannah suzy
sylvia syl
tabitha tabby
teresa terry tess theresa tessa
terence terry tel
thaddeus tad
theodore ted theo teddy
thomas tom tommy
timothy tim timmy
toby tobias
valerie val
veronica ronnie vera
victor vic
victoria vicky tori vikki vicki
vincent vince vinny
violet vi
virginia ginny
walter wally walt
wilfred wilf
william bill will billy willie wills
winifred win winnie freda
yasmin yas jasmin
yvonne eve
zachary zac zach zak
zoe zoey
ahmed ahmad ahmet
aisha ayesha aysha aishah
fatima fatma fatimah
ibrahim ebrahim ibraheem
omar umar omer
yusuf yousef yusef yousuf
zainab zaynab zeinab
hussain husain hussein huseyin
hassan hasan
abdullah abdallah abdulla
khadija khadijah khadeeja
mariam maryam maryum
hamza hamzah humza
usman uthman osman
mustafa mustapha
mahmoud mahmood mehmood
khalid khaled
rashid rasheed
tariq tarek tareq
layla leyla
noor nur
suleiman sulaiman suleyman
katarzyna kasia
malgorzata gosia
agnieszka aga
jakub kuba
tomasz tomek
oluwaseun seun
temitope tope
babatunde tunde
siobhan shivaun
"""

_OTHERS: Final = """
aaliyah aarav aaron abbas abdul abdullah abena adebayo adele adeola adil aditya adnan afia afzal agata ahmed aiden
aine aisha ajay akash akbar akosua akram akua alana alayna albie alejandro alessandro alessia alessio alice alicia
alicja alin alina alisa alisha aliya aliyah alma alun alvaro alyssa amaan aman amara amber amelie amina aminata amir
amit amna amy ana anais anam anand anastasia andre andreea andrzej aneta angel angharad angus anil anish anita anjali
ankit anna annabel annalise antonio anushka anwar aoife april aria ariana arif arjun arlo armaan arman arnav arya asad
asher ashley ashok ashton asif asli asma atif aubrey audrey aurora austin autumn ava avni ayaan ayan ayesha aylin
ayodeji ayse ayush azhar aziz bailey baris beata beatriz beau berk beth bethan bethany bilaal bilal blake bogdan bola
bolanle bonnie brandon brenda brian brody bronagh bruce bruno bryan bryn burak caitlin caitlyn caleb callie callum
calum calvin camila carla carlos carmen carter carys casey cassandra cassie catarina cathal catrin cem cemre cerys
chantel chantelle charlene chelsea chester chiara chidi chidinma chika chinedu chioma chloe cian ciara ciaran ciprian
claire clara clare cleo clive clodagh cody cohen cole colette colin conall connor conor cooper corey cormac cosmin
courtney craig cristian cristina crystal curtis cyril dafydd daisy dakota dale damian damien damilola daniela danish
dante daphne dapo darcy darragh darren daud dawn dawud dayo dean declan deepa deepak deirdre delia denise deniz
desmond dev dewi dexter dhruv diana diane diarmuid diego dinah diogo dion divya diya dominika donal donna dora doreen
doris dorota dragos duarte dumitru dylan eamon ebele ebru ece edie edith edna eduardo effie efua ehsan eileen eimear
eira elaine elena eleri eli eliana elias elif elijah elin elina elise eliza ella elliot elliott elodie eloise elsie
elzbieta emeka emilia emine emir emmanuel emre emrys enzo eoghan eoin eren eric erica erin esi esme esra esther ethan
eva evan evie ewa ewan ezra fahad faisal faith farah faraz farhan farida farooq fatih fatima faye federica federico
felicia felicity felix femi fergus ferhat fernando ffion filip finlay finley finn fiona fionn fleur florin flynn
folake francesco francisco freya funmi gabriela gabriella gareth gary gaurav gavin geeta gemma genevieve geraldine
gethin gheorghe ghulam gianna gina giorgia giorgio giovanni gita giulia giuseppe gizem glen glenda glenn gloria glyn
goncalo gonzalo grace grainne grant grayson greyson grzegorz gul gurdeep gurpreet guy gwyn habib hafsa haider hakan
halil halima hallie hamza hana haris harley harlow harmony haroon harper harpreet harrison harsh harvey hashim hassan
hatice hayden hayley hazel heather hector heidi hiba hilary hina holly hope hubert hudson hugh hugo hunter ibrahim ida
idris iestyn ieuan ifan ifeanyi igor ikenna ilyas imogen imran inaya india ines ioana iolo ion ionut irena irene irfan
iris isaiah isha ishaan ishan isla ismail iulia ivan ivor ivy iwan iwona jacek jack jacob jade jaden jadwiga jai jaime
jamal jamila jan jana janina jaroslaw jasleen jason jasper jaspreet jaswinder javed javier jaxon jayce jayden jean
jenna jenson jerzy joan joao jocelyn jodie jody joel joely jolanta jolene jonah jonas jordan jorge jose josephine
josie juan jude julian juliana junaid june justin justyna kaan kacper kaden kai kaiden kaitlyn kajal kamal kamil
kamran kane kara karan kareem karen karim karol karolina kashif katarina kate katelyn kavita kavya kayden kayla
kayleigh kehinde keira keith kelly kemal kendall kerry khadija khushi kian kiara kiera kieran kieron kinga kiran
kirsten klaudia kofi kojo krishna krzysztof kunal kwabena kwaku kwame kwasi kyle kylie lacey laiba laila lakshmi lana
lance lanre lara larisa laura lauren lauryn layla layton lea leah leanne lech lee leighton leila lena lennon lennox
leo leon leona leonardo leonie leroy leszek levi lewis lia liam lianne lila lilah lilia lilly lily lindsay lisa lloyd
logan lois lola lorcan lorenzo lorna lorraine lowri luca lucas lucian luciana luella luigi luis luisa luka lukasz luna
lyla lynn lynne lyra mabel maciej macy madalina maddison madison maeve magdalena magnus maham mairead maisie malachi
malachy mali malik mandeep manish manpreet manuel marc marcelo marcia marcin marco marcus marek maria mariam marian
marie marilyn marina mario marion marius mariusz mark marlene marley marnie marta martha martina marvin mason mateo
mateusz matteo maureen maxwell maya mckenzie meena meera megan mehak mehmet mehwish meinir melek melis melody meredith
mert merve mia michal miguel mihaela mihai mikolaj mila milena miles millie milo mina minnie mira mircea mirela miriam
mohan mohit mohsin moira mojisola mojisoluwa molly monica monika monty morgan murat muriel musa myles nabil nabila
nadeem nadia naeem naomi nasir nasreen natalia natasha naveen navya nazia neha neil nellie nerys nevaeh ngozi nia
niall niamh nico nicolae nida nigel nikhil nikita nina nisha nitin nkechi noah noel nola nora norah norma nuala nuno
obinna octavian oisin olabisi olamide olive oliwia olu olumide olwen omar onur onyeka ophelia orla orlaith otis otto
ovidiu owain owen ozan ozge ozgur pablo padraig paige paola parker parveen patryk paula paulo pawel pearl pedro peggy
perry petra petru phoenix pietro pinar piotr piper pooja poppy prakash pranav preeti prem priya przemyslaw qasim
quentin quincy quinn rabia radu rafael rafal rafferty raheela raheem rahim rahma rahul raj rajan rajesh rakesh ralph
ram ramazan ramesh rana rani ranjit raquel rashmi ravi raya rayan raza razvan reagan reece rehan rehana remi remy
renata reuben rex rhea rhiannon rhodri rhys ricardo rida riley rio rita ritchie ritu riya rizwan robin rodrigo rohan
rohit roisin roman romilly romy ronan rory rosa rosalie rosalind rosalyn rosanna rose rosie ross rowan roxana roxanne
ruairi ruben rubina ruby rudy russell ruth ryan ryszard saad saba sabrina sade sadia sadie saeed saffron safiya sage
said sajid salim salma salman salvatore samir samira sana sandeep sanjana sanjay santiago saoirse saroj saskia saul
savannah sawyer scarlett scott seamus sean segun selim selin selina seren sergio serkan shabnam shafiq shahid shahida
shakeel shane shania shannon shaun shauna shay shazia sheila shelley sherry shirley shona shreya sian sibel sidra
sienna silas silvia simona simran sinan sinead sioned sita skye skyla skyler slawomir sohail sonal sonia sonny sophie
soraya sorin spencer stacey stanislaw stefan stefania steffan stella stephan sufyan suki sumaya sumayya summer sunil
sunita suresh sydney syed sylwia szymon tadeusz tadhg tahir taiwo talha tamara tania tanvi tanya tara tariq tasnim
taylor teagan teddy tegan temidayo thalia thea tia tiago tiffany tina tobi tolu tomas tomos tracey tracy travis trevor
tristan tudor tugba tyler tyrone uche ufuk uma umair umut una ursula urszula valentina valeria vanessa vasco vasile
vaughan vera verity vicente vijay vikram vinay viola viorel vitor vivek vivian vivienne vlad volkan wahid waleed
warren wasim wayne wendy whitney wiktor wiktoria willow winston winter wojciech wren wyatt xavier yaa yahya yara yash
yasin yasir yaw yemi yetunde yigit younis yusuf zachariah zadie zafar zahra zain zakariya zara zayd zayn zbigniew
zeeshan zehra zelda zeynep zion zofia zoya zubair zuri zuzanna
"""


def _class_of_names() -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for class_line in _CLASSES.split("\n"):
        names = class_line.split()
        for class_name in names:
            # A short form serves several names: Terry is Teresa, and Terence.
            own_classes = classes.get(class_name, ())
            full_name = classes.get(names[0], (names[0],))[0]
            classes[class_name] = own_classes if full_name in own_classes else (*own_classes, full_name)
    return classes


_CLASSES_OF: Final = _class_of_names()
_KNOWN: Final = frozenset(_CLASSES_OF) | frozenset(_OTHERS.split())
_LEAST: Final = 5
"""A shorter word is one letter from too many names to be taken for a slip of one."""


def _without_one(name_text: str) -> set[str]:
    return {
        name_text,
        *(name_text[:letter_place] + name_text[letter_place + 1 :] for letter_place in range(len(name_text))),
    }


def _near_known() -> dict[str, tuple[str, ...]]:
    near_names: dict[str, list[str]] = {}
    for known_name in sorted(_KNOWN):
        if len(known_name) >= _LEAST:
            for shorter in _without_one(known_name):
                near_names.setdefault(shorter, []).append(known_name)
    return {shorter: tuple(names) for shorter, names in near_names.items()}


_NEAR_KNOWN: Final = _near_known()


def name_class(given_name: str) -> str:
    """The name for which this given name stands in English use; itself where none is known.

    Example:
        >>> name_class("bob"), name_class("robert"), name_class("ana")
        ('robert', 'robert', 'ana')
    """
    return _CLASSES_OF.get(given_name, (given_name,))[0]


def name_classes(given_name: str) -> tuple[str, ...]:
    """The names for which this given name may stand; itself where none is known.

    Example:
        >>> name_classes("terry"), name_classes("ana")
        (('teresa', 'terence'), ('ana',))
    """
    return _CLASSES_OF.get(given_name, (given_name,))


@lru_cache(maxsize=200_000)
def meant_class(given_name: str) -> str:
    """The name for which a spelling stands that is none, but one slip from a name known; empty for any other.

    Shape:   empty, too, where names of more than one class are as near.
    Example:
        >>> meant_class("micchael"), meant_class("michael"), meant_class("zzzzzz")
        ('michael', '', '')
    """
    if given_name in _KNOWN or len(given_name) < _LEAST:
        return ""
    near_names = {known_name for shorter in _without_one(given_name) for known_name in _NEAR_KNOWN.get(shorter, ())}
    classes = {
        name_class(known_name) for known_name in near_names if DamerauLevenshtein.distance(given_name, known_name) <= 1
    }
    return classes.pop() if len(classes) == 1 else ""


def is_given_name(family: str) -> bool:
    """Whether a family name looks like a given one, by its first word: a name of its own, or only a letter.

    Example:
        >>> is_given_name("megan paula"), is_given_name("a"), is_given_name("o nianain")
        (True, True, False)
    """
    return family.partition(" ")[0] in _KNOWN or len(family) == 1


def is_known_name(given_name: str) -> bool:
    """Whether this spelling is a given name of its own, so that it is no likely slip for another."""
    return given_name in _KNOWN

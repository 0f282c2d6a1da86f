"""Given names that stand for one another in English use, and given names known to be names of their own.

Written for this project from general knowledge of names in England and Wales; a class holds the full name first.
"""

from __future__ import annotations

from typing import Final

_CLASSES: Final = """
abigail abi abbie abby gail
adam ad
adrian ade
agnes aggie nessie
alan al allan allen
albert bert bertie al
alexander alexandra alex alec alexa lex lexi sandy xander sasha aleks
alfred alf alfie fred
alison ali allie
amanda mandy
amelia millie milly mel
andrew andy drew andi andrea
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
charles charlie chas chuck charlotte lottie charley
christopher chris kit topher christine christina chrissie tina christian kris kirsty
clement clem
clifford cliff
cornelius neil
cynthia cindy
daniel dan danny danielle dani
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
elizabeth liz lizzie beth betty eliza bess bessie elisabeth libby lisa betsy elspeth lizzy
ellen nellie nell
emily em emmy
emma em
ernest ernie
esther hetty
eugene gene
evelyn evie eve
florence flo florrie flossie
frances fran francis frank frankie fanny franny francesca
frederick fred freddie freddy
gabriel gabe gabrielle gabby
geoffrey geoff jeff jeffrey
george georgie georgina georgia
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
joanna jo joanne joan joey
jonathan jon jonny jonathon
john johnny jack jon johnnie
joseph joe joey jo
joshua josh
joyce joy
judith judy jude
julia julie jules
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
luke luca
lydia liddy
madeleine maddie maddy madeline
malcolm mal
margaret maggie meg peggy marge margie madge rita daisy mags greta margery
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
nathan nate nathaniel nat
neville nev
nicholas nick nicky nik nicolas nicholas
nicola nicky nikki nic
norman norm
oliver ollie olly olivia liv livvy
oscar ozzy
pamela pam
patricia pat trish tricia patsy patrick paddy patty
paul pauly
pauline paula
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
robert rob bob bobby robbie bert robin
robyn robin
roderick rod rory
roger rodge
ronald ron ronnie
rosemary rose rosie
rowena ro
rupert bert
russell russ
samuel sam sammy samantha sami
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
william bill will billy willie liam wills
winifred win winnie freda
yasmin yas jasmin
yvonne eve
zachary zac zach zak
zoe zoey
"""

_OTHERS: Final = """
aaliyah aaron abdul abdullah adele ahmed aisha aiden alana alice alisha amber amina amir amy ana anastasia angus anita
anna annabel april aria ariana ashley ashton aubrey audrey austin autumn ava ayaan ayesha bailey beth blake bonnie brandon
brenda brian bryan bruce caleb callum calum carla carmen chantelle charlene chelsea chloe clara claire clare clive
cody colin colette connor conor craig crystal curtis cyril dale daisy damian damien daphne darcy darren dawn dean
declan delia denise desmond diana diane dion dominika donna dora doreen doris dylan edith edna eileen elaine eli elias elijah
elise eliza ella elliot elliott eloise elsie emmanuel eric erica erin ethan eva evan evie ewan faith fatima faye felix felicity
finlay finley fiona fleur freya gareth gary gavin gemma geraldine gina glen glenn glenda gloria grant guy
hamza harley harper harrison harvey hassan hayden hayley hazel heather heidi hilary holly hope hudson hugo ibrahim
imogen imran india ines irene iris isla ivan ivy jack jacob jaden jayden jade jai jaime jan jason jean jenna joan
joel joely jordan josephine josie jude julian june justin kai kara karen kayla kayleigh keira keith kelly kerry
khadija kieran kirsten kyle kylie lacey laila lance lara laura lauren layla lea leah leanne lee leila lena leo leon
leona leroy lewis lia liam lila lilia lilly lily lindsay lloyd logan lola lorna lorraine luca lucas luis luna lynn lynne
mabel maisie marc marcia marco marcus maria mariam marian marie marina marion marilyn mark marlene martina marvin mason
maureen maxwell maya megan melody mia mila miles millie mina miriam mohsin moira molly monica morgan muriel myles
nadia naomi natasha neil nellie niamh nigel nina noah noel nora norah norma oisin omar orla otis owen paige parker paula
peggy perry petra poppy priya quentin quincy raheem ralph ravi reece rhys riley ritchie rhiannon rita rory rosa rosalind
rose rosie ross rowan roxanne ruby russell ruth ryan sabrina sadie said salma saskia savannah scarlett scott sean selina
shane shannon shaun shauna sheila shelley sherry shirley sienna sinead skye sonia sonny sophie spencer stacey stella summer
suki tamara tania tanya tara tariq taylor teddy thea tia tiffany tina tracey tracy trevor tristan tyler tyrone una
ursula vanessa vaughan vera vivian vivienne wayne wendy willow xavier yusuf zahra zain zara zayn
"""


def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _CLASSES.split("\n"):
        names = line.split()
        for name in names:
            # A short form that serves several names stays with the first: sex and birth date tell the rest apart.
            found.setdefault(name, found.get(names[0], names[0]))
    return found


_CLASS_OF: Final = _classes()
_KNOWN: Final = frozenset(_CLASS_OF) | frozenset(_OTHERS.split())


def name_class(given: str) -> str:
    """For which name does this given name stand in English use? Itself where none is known.

    Example:
        >>> name_class("bob"), name_class("robert"), name_class("ana")
        ('robert', 'robert', 'ana')
    """
    return _CLASS_OF.get(given, given)


def is_known_name(given: str) -> bool:
    """Is this spelling a given name of its own, so that it is no likely slip for another?"""
    return given in _KNOWN

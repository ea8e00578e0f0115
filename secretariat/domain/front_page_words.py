"""The words that tell a person's name from the rest of a front page.

Given names are those that, alone on a line, name a person and no place: names that are also towns,
months or words of a title (Chelsea, Preston, April) are left out.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES: Final = _words(
    """
    abigail adam agnes aisha alan alex alexander alice alison amanda amina amy andrea andrew
    angela anita anna anne annie anthony barbara ben benjamin beth betty brenda brian bridget
    carl carol caroline catherine charles charlie christine claire clare clara colin daisy
    daniel david dawn deborah denise diana diane donna doreen doris dorothy edith edward
    eileen elaine eleanor elena elizabeth ella ellen emily emma eric erin esther eva eve
    evelyn fatima fiona frances frank freya george gillian gina gloria grace graham hannah
    harriet harry hazel heather helen henry hilary holly ian irene iris isabel jack jacob
    jacqueline james jane janet janice jasmine jason jean jenny jessica jill joan joanna
    joanne john joseph josephine joyce judith julia julie karen kate katherine kathleen katie
    keith kelly kevin laura lauren leah leanne lesley liam linda lisa lorna louisa louise lucy
    lynn maggie mandy margaret maria marie marion martha martin mary matilda matthew maureen
    megan melanie mia michael michelle miriam molly monica nadia nancy naomi natalie nathan
    neil nicola nicole nina nora norma oliver olivia patricia paul paula pauline penelope
    peter philip phoebe pippa priya rachel rebecca rhona richard robert rosa rose rosie ruth
    sally samantha samuel sandra sara sarah sharon sheila shirley simon sofia sonia sophia
    sophie stella stephanie stephen steven sue susan suzanne sylvia tanya tara teresa thomas
    tina tom tracey tracy ursula valerie vera veronica victoria violet wendy william yasmin
    yvonne zara zoe aled carys catrin delyth dilys eirlys eluned agnieszka ahmed ali aliyah
    amara amelia amir amira ana anastasia andre angelica anya arjun asha astrid aurora ayesha
    bella bernadette bernard bethany beverley bianca billy bonnie brandon bronwen callum
    cameron cara cassie celia cerys chantelle chloe christopher ciara cindy connor craig
    damian danielle danuta darren dean debbie dennis derek dominika donald duncan dylan ebony
    edie edna elena elif elsie emilia ethan eunice ewa fay fred freda gabriella gareth gary
    gemma geoffrey geraldine gerald gita glenda gordon greta gurpreet halima hamza hassan
    helena henrietta hugh ibrahim imran ingrid ioana irina isla ivy jade jamal jan jared
    jeremy jess joel joshua josie juanita jude justine kamila karim kasia katarzyna kathy
    kiran kirsten kirsty kyle lara layla leila leon lena lily liz lorraine luke lydia lynda
    lynne mabel magda malcolm marcin marcus marek mariam marian marlene marta mateusz maya
    mehmet michaela mina mohammed muhammad muriel myra nadine naila natasha neha nigel noor
    noreen odette olga omar paige pamela patrick pearl petra phyllis piotr polly rajesh ravi
    rita roberta roger ronald roxanne russell ryan sabrina saima salma sanjay saoirse scott
    sean serena shanice shannon shaun sheena simone siobhan sonya stacey stanley stefan stuart
    sukhdeep tamara tasha tegan terence tessa thelma theresa tracie trevor tyler una usha
    vanessa vicky vivien vivienne wanda wayne wilma winifred yasmina yusuf zofia zoya gareth
    geraint gwen gwenllian gwilym gwyneth heledd huw hywel iwan lowri mair adele agatha albert
    alfred alistair alma althea anthea antonia arabella arthur aubrey audrey barry beatrice
    beatrix belinda benedict bernice bertha bessie blanche bryony candice carla carmen cecilia
    cecily celeste clementine clifford colette constance cora cordelia cynthia daphne delia
    della delphine dolores dora dorothea edgar edmund edwina effie elspeth elvira enid ernest
    estelle esme ethel eugenie evangeline felicity fern fleur flora florence francesca francis
    genevieve gertrude gladys glynis gwendolen harold hattie hermione hester hettie hilda
    horace imogen imelda isobel isadora ivan jemima jocelyn judy katya keira kenneth lavinia
    leonie leopold leticia lionel lois lucinda lucille luella mabelle madeleine marcia margery
    marguerite marigold marjorie maud mavis meredith mildred millicent miranda morfydd
    morwenna myrtle nellie nesta noelle octavia olwen ophelia oscar ottoline percy perdita
    philippa phyllida primrose priscilla prudence queenie rhoda rosalind rosamund rosemary
    rowena rupert sybil tabitha tamsin theodora toby trudy velma verity vernon viola walter
    yolanda yvette zelda mari meera nerys nia owain rhian rhiannon rhodri rhys sioned sunita
    tomos zainab
    """
)
NOBODY: Final = _words(
    """
    woman man female male a an the her his their mother father resident person adult victim
    baby infant girl boy child wife husband partner daughter son two three mr mrs ms miss dr local
    young redacted name dhr deceased subject
    """
)
PLACES: Final = _words(
    """
    england wales scotland london avon barking barnet barnsley basildon basingstoke bath
    bedford bexley birmingham blackburn blackpool bolton bournemouth bracknell bradford
    braintree brent brentwood bridgend brighton bristol bromley bromsgrove broxbourne broxtowe
    burnley bury caerphilly calderdale cambridge camden cannock canterbury cardiff carlisle
    carmarthenshire castlepoint ceredigion charnwood chelmsford cheltenham cherwell cheshire
    chester chesterfield chichester chorley colchester conwy copeland corby cornwall coventry
    craven crawley croydon cumbria dacorum darlington dartford daventry denbighshire derby
    derbyshire devon doncaster dorset dover dudley durham ealing eastbourne eastleigh
    elmbridge enfield epping erewash essex exeter fareham fenland flintshire folkestone
    gateshead gedling gloucester gloucestershire gosport gravesham greenwich guildford gwynedd
    hackney halton hambleton hammersmith hampshire haringey harlow harrogate harrow hart
    hartlepool hastings havant havering hereford herefordshire hertfordshire hertsmere
    hillingdon hounslow hull huntingdonshire hyndburn ipswich islington kensington kent
    kettering kingston kirklees knowsley lambeth lancashire lancaster leeds leicester
    leicestershire lewes lewisham lichfield lincoln lincolnshire liverpool luton maidstone
    maldon manchester mansfield medway mendip merseyside merthyr merton middlesbrough midlands
    monmouthshire newark newcastle newham newport norfolk northampton northamptonshire
    northumberland norwich nottingham nottinghamshire nuneaton oldham oxford oxfordshire
    pembrokeshire pendle peterborough plymouth poole portsmouth powys preston reading
    redbridge redcar redditch reigate richmond rochdale rochford rossendale rotherham rugby
    runnymede rushcliffe rushmoor rutland salford sandwell scarborough sedgemoor sefton selby
    sevenoaks sheffield shropshire slough solihull somerset southampton southend southwark
    spelthorne stafford staffordshire stevenage stockport stockton stoke stratford stroud
    suffolk sunderland surrey sussex sutton swale swansea swindon tameside tamworth tandridge
    taunton teignbridge telford tendring tewkesbury thanet thurrock tonbridge torbay torfaen
    torridge trafford tunbridge uttlesford wakefield walsall waltham wandsworth warrington
    warwick warwickshire watford waveney waverley wealden wellingborough westminster wigan
    wiltshire winchester windsor wirral woking wokingham wolverhampton worcester
    worcestershire worthing wrexham wychavon wycombe wyre york yorkshire
    """
)
NO_PERSON: Final = _words(
    """
    unknown anonymous withheld none british white black asian irish polish english welsh
    scottish perpetrator suspect offender accused husband wife homicide suicide murder neglect
    harm learning lessons recommendations circumstances safeguarding resubmission submission
    feedback appendices chronology confidential embargoed unpublished main full joint part volume
    supplementary addendum response statement methodology findings scope overview family
    children adults agencies events matters your our this that what monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter ionawr chwefror mawrth
    ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
    """
)
ENDS_A_NAME: Final = _words(
    """
    commissioned produced overview report reports written independent chair author final aged
    died who in on date executive summary case domestic homicide review for by draft version dhr
    ref reference completed review was killed and of under prepared january february march april
    may june july august september october november december pseudonym abuse
    """
)
HONOURS: Final = _words(
    """
    MBE OBE CBE QPM KPM BEM DBE KBE CB CVO JP DL KC QC
    """
)
KEPT_TITLES: Final = _words(
    """
    dr prof professor sir dame rev reverend
    """
)
PARTICLES: Final = _words(
    """
    de van von der den la le al bin du di ap ab ferch da dos el ibn
    """
)
NOT_NAMES: Final = _words(
    """
    community safety partnership council report review domestic homicide overview executive
    summary independent chair author county city borough district police limited ltd consulting
    consultancy services service director manager officer board panel final draft version action
    plan strategic head team lead abuse death related safer date january february march
     july august september october november december home office group the and of for in on
    appendix annex adult subject child victim university trust nhs association associates
    consultant case page standing together against violence crime commissioner reviewer
    confidential restricted contents introduction redacted published commissioned completed
    public health social care
    """
)
SMALL: Final = _words(
    """
    and of the in on upon with le under
    """
)
RANKS: Final = _words(
    """
    pc dc ds di dci dcs sgt sergeant inspector insp superintendent supt constable detective chief
    commander captain capt major colonel col lieutenant lt wg cdr retired rtd retd
    """
)
TITLES: Final = KEPT_TITLES | RANKS | _words("mr mrs ms miss mx cllr councillor")
DEGREES: Final = _words(
    "ba bsc ma msc phd llb llm mba cqsw dipsw dip hons pgce ba(hons) bsc(hons) frsa"
)

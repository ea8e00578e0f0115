"""The words that tell a person's name from the rest of a front page."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
    dr prof professor sir dame rev reverend lord lady baroness baron judge canon
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
    public health social care by written prepared produced compiled authored drafted chaired
    completed crynodeb gweithredol adroddiad trosolwg adolygiad diogelwch diogelu
    cymunedol partneriaeth lladdiad dynladdiad ddynladdiad domestig bwrdd cyngor sir terfynol
    fersiwn unedig sengl marwolaeth
    """
)
SMALL: Final = _words(
    """
    and of the in on upon with le under
    """
)
RANKS: Final = _words(
    """
    pc dc ds dci dcs sgt sergeant inspector insp superintendent supt constable detective chief
    commander captain capt major colonel lieutenant lt wg cdr retired rtd retd rt right hon
    honourable
    """
)
TITLES: Final = KEPT_TITLES | RANKS | _words("mr mrs ms miss mx cllr councillor")
DEGREES: Final = _words(
    "ba bsc ma msc phd llb llm mba cqsw dipsw dip hons pgce ba(hons) bsc(hons) frsa"
)
SMALL_WORDS: Final = SMALL | _words(
    """
    an at by to into for from who whose was were is had has aged age died murdered killed took
    her his their own life death deaths date real name not pseudonym known referred as
    """
)

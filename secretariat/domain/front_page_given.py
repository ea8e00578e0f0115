"""Given names that, alone on a line of a front page, name a person and no place.

Names that are also towns, months or words of a title (Chelsea, Preston, April) are left out.
"""

from typing import Final

IN_THEIR_ORDER: Final = """
aadil aaliyah aarav aaron abby abdul abdullah abena abeni abi abigail abiola abu ada adaeze adam
adaora addy adeel adela adelaide adele adelina adeline aditi adnan adrian adriana adrianna afia
afua agata agatha agnes agnieszka agniete ahmed aidan aileen ailsa aimee aine ainsley aisha aiza
akua alan alana alastair alba albert albie alec aled aleena alejandra aleksandra alesha alessandra
alex alexa alexander alexandra alexia alexis alfie alfred algernon ali alia alice alina alisha
alisia alison alistair aliyah aliza allan allegra allison alma althea alun alwyn alyssa amaka amal
aman amanda amandeep amara amarjit amber amelia amelie amina aminata amir amira amirah amit amna
amrit amrita amy ana anabel anais analia anand ananya anastasia anastazja andre andrea andreea
andrei andrew andrzej aneesa aneta aneurin angela angelica angharad angie angus anika anisa anita
anja anjali anjum anna annabel annabella annabelle annalise anne anneliese annette annie annika
annmarie anouk ansar anselm anthea anthony antoinette anton antonia anuja anushka anwar anwen anya
aoife aparna apolonia arabella archibald archie ariadne ariana arif arjun arlene arlo armando
arnold arron arshad arthur arturo aruna arwa arwen asad asha asif asim asma astrid asya athena
atif aubrey audra audrey augusta augustine aurelia aurora austin ava aveline avery avis avril aya
ayesha aylin ayo ayodele azra barbara barbra barnaby barry bartholomew basil basma bea beata
beatrice beatrix becky bekah belinda bella belle ben benedict benita benjamin benny berenice
bernadetta bernadette bernadine bernard bernice bert bertha bertie bertram beryl bessie beth
bethany betsy bettina betty beulah bev beverley bhavna bianca bilal billy bindi blake blanche
blodwen bobby bogdan bogumila bolanle bonnie boris bozena brad bradley brandon branwen brenda
brendan brett brian briar bridget brigid brigitte briony britney brittany bronagh bronwen brooke
bruce bruno bryan bryn bryony byron caitlin caleb callum calvin cameron camilla candice candida
caoimhe caprice cara carina carl carla carlos carly carmel carmen carol caroline carolyn caron
carrie carwyn carys casey caspian cassie catalina cathal catherina catherine cathleen cathy catrin
catriona cecilia cecily celeste celia ceri cerian cerise cerys chandni chantal chantelle charis
charlene charles charley charlie charlotte charmaine chaya cheryl chiara chidi chika chinwe chioma
chloe chris christa christabel christian christiana christina christine christopher chrystal ciara
cilla cindi cindy claire clara clare clarence claribel clarice clarissa claudette claudia claudine
claudio clemence clement clementine cleo clifford clinton clive clodagh clover coleen colette
colin colleen connie connor conor conrad constance constantin cora cordelia cordula corinna
corinne cornelia cornelius courtney craig cristina crystal curtis cybil cynthia cyril dagmara
daisy daisy-mae damaris damian damien damon dana danica daniel danielle danny danuta daphne darcey
darcy daria darragh darren darryl dave david davina dawn dayo dean deanna debbie deborah declan
deepa deepak deidre deirdre delia delilah della delphine delroy delyse delyth demelza demi denis
denisa denise dennis denny derek dermot desiree desmond destiny devi dewi diana diane diego dilip
dilwen dilys dimitri dina dinah dion dionne dipti dolly dolores dominic dominika dominique donald
donna dora doreen dorian doris dorothea dorothy dougal dougie douglas drew duncan duska dwayne
dylan dympna eamon eavan ebele ebony eddie edgar edie edina edith edmond edmund edna edward edwin
edwina edyta efa effie efua egan eifion eileen eilidh eilis eira eireann eirian eirlys eirwen
ekaterina elain elaina elaine eleanor elena eleni elfriede elgin elias elif elijah elin eliot
elisa elisabeth elise elisha eliza elizabeth ella ella-mae ellen ellery ellie elliot elliott ellis
elodie eloise elsa elsie elspeth elton eluned elvira elvis elwyn elysia ema emanuel ember emeka
emer emilia emilie emily emma emmanuel emmanuella emmeline emrys emyr enas enfys enid enrico enya
eric erica erik erika erin ernest ernestine errol erwin eryn esha esmae esme esmeralda esmerelda
esperanza essie estelle ester esther ethan ethel etta eugene eugenia eugenie eunice eustace eva
evan evangelina evangeline eve evelina evelyn evie ewa ezekiel ezra fabian fabiana faith faiza
faizah faizal fallon fanny farah farhan farhana farida fariha farouk farrah farzana fatema fathima
fatima fatou fauzia fawzia fay febe felicia felicity felipe felix ferdinand fergus fern fernanda
fernando ffion ffiona fflur fidel finlay finley finn fiona fionnuala fiza fleur flo floella flora
florence florian florrie folake frances francesca francine francis franciszka francois frank
frankie franklin frannie fraser fred freda freddie frederic frederica frederick freya frieda fritz
gabriel gabriela gabriella gabrielle gaby gaia gail gareth garfield garry gary gavin gaynor geena
geeta gemini gemma genevieve genevra geoff geoffrey george georgia georgiana georgie georgina
geraint gerald geraldine gerard gerda geri germaine gertrude gethin ghazala gianna gideon gigi
gilbert giles gillian gina ginger ginny giovanni giselle gita giulia gladys glen glenda glenn
glenys gloria glynis glynne goldie gordon gosia grace graham grainne grazyna gregor gregory greta
gretchen griff griffith grigor griselda grzegorz guinevere gulnaz gulshan gurdeep gurmeet gurpal
gurpreet gus gustav guy gwen gwenda gwendolen gwendoline gwenllian gwilym gwyn gwyneth gwynfor
habib habiba hadiya hafsa hafwen haja hakim haleema haley halima halina hamid hamish hamza hanif
haniya hanna hannah hannelore hans hardeep hari harinder harjit harleen harold haroon harpreet
harriet harriett harriette harris harry harshad harvey hasan hasina hassan hatice hattie hawa
hayden hayley hazeem hazel heather heba hector hedda heidi heike heledd helen helena helga heloise
hema henri henrietta henriette henry henryk herbert herman hermione hester hettie hetty hezekiah
hiba hilary hilda hina hindy hiral hiroko holden hollie holly holly-mae honor honora honoria hope
horace horatio howard hubert hugh hugo huma humaira humphrey husna huw hyacinth hywel iago ian
ianto ibrahim ibtisam ida idris ieuan ifan ifeoma ifor iga ignatius ihsan ilana ileana ilona iman
imani imelda imke immaculata imogen imran inaya india indira indra ines inez inga ingrid inigo
ioana iola iolo iona iqra ira irena irene ireneusz irfan irina iris irma irvin isaac isabel
isabella isabelle isadora isadore isha ishan ishbel ishmael isidora isis isla isla-rose ismail
ismay isobel isobelle isolde isra istvan ita iva ivan ivana iveta ivona ivy iwan iwona izabela
izabella izzy jaan jacek jacinda jacinta jack jackie jacob jacqueline jacquelyn jacqui jada jade
jaden jadwiga jaime jake jaleh jalil jamal jameela james jamie jamie-lee jamila jan jana janak
jancis jane janelle janet janette janice janina janine janis janusz jared jaroslav jarrod jaskaran
jasmin jasmina jasmine jason jaspal jasper jaswinder javed javier jaya jayant jayden jayne jaz
jean jeanette jeanne jeannie jeannine jed jeff jeffrey jelena jemima jemma jen jenna jennie
jennifer jenny jeremy jermaine jerome jerry jerzy jess jessamy jessica jessie jesus jethro jevon
jhanvi jill jim jimmy jinny jitender joachim joan joana joann joanna joanne joao joaquin jocasta
jocelyn jodi jodie joe joel joely johan johanna johannes john johnny jolanta jolene jon jonah
jonas jonathan joni jonty jordana jorge jorja jos jose josef josefina josefine joseph josephine
josh joshua josiah josiane josie joss jotham jovan joy joyce juan juana juanita judah judd jude
judi judit judith judy jules julia julian juliana julianne julie julie-ann juliet juliette julio
julius juno justin justina justine justyna juwan kabir kacper kadija kadri kai kaitlin kaja kajal
kaleb kalina kalpana kalsoom kamal kamaljit kamila kamini kane kanwal karan karen karim karima
karin karina karl karla karol karolina kashif kashmir kasia kasim kassandra kat katalin katarzyna
kate kateryna kath katharina katharine katherine kathie kathleen kathryn kathy katia katie
katie-mae katja katrin katrina katriona katya kavita kay kaye kayla kayleigh keelan keeley keelin
keeva keira keiran keisha keith kellie kelly kelsey kelvin kendra kenneth kenny kenza kerena keri
kerry kerstin keshia kevan kevin keziah khadija khadijah khaled khalid khalida khushi kian kiara
kiera kieran kieron kiki kim kimberly kinga kingsley kira kiran kirpal kirsten kirstie kirsty kit
kitty klara klaudia klaus kofi kojo kornelia kris krish krishna kristen kristian kristin kristina
kristof kristy krystal krystyna krzysztof kulwinder kumar kurt kushal kwabena kwame kyla kyle
kylie kyra lacey ladislav lainey lakshmi lal lala lalita lamar lana lance lara larissa lars latifa
latoya laura laurel lauren lauri lauryn lavinia lawrence layla leah leandra leanna leanne leanora
leasa lecia leeanne leela leena leila lena lenka lennie lennox leo leon leona leonard leonardo
leonie leonora leopold leroy les lesley leslie leszek leticia letitia lettice lewis lexi lia liam
liana libby lidia lila lilah lilian liliana lilias lilith lillian lillie lilly lily lily-mae lina
linas linda lindsay lindy linnea linus lionel lisa lisbeth lisette lissa livia liz liza lizzie
llewellyn llinos lloyd lochlan logan lois lola loraine loreen loreena lorelei lorena lorenzo
loretta lori lorna lorraine lottie lou louella louis louisa louise lowri luana luba lubna luca
lucia lucian luciana lucie lucien lucille lucinda lucjan lucretia lucy lucyna ludmila luella luis
luisa lukas lukasz luke lulu luna lusia luz lydia lyla lynda lyndsey lynette lynn lynne lynsey
lynwen lyra mabel mabelle mabli mabyn mackenzie macy maddie maddison madeleine madhu madison mads
maeve mafalda magda magdalena magdalene maggie magnus mahmood mahmoud mahnoor maia mair mairead
mairi maisie maja majella majid makayla maksim malaika malcolm malcom malgorzata mali malik malin
mallory malwina mamta mandeep mandi mandla mandy manjit manoj mansoor manuel manuela mara marc
marcel marcela marcella marcelle marcia marcin marco marcos marcus mared marek maren margaret
margaux margery margo margot marguerita marguerite mari maria mariam marian marianne maribel marie
mariella marietta marigold marija marika marilyn marina mario marion marisa marisol marissa marit
marius marjorie marjory mark markus marla marlene marley marlon marlowe marnie marsha marta martha
martin martina martine martyn marvin mary marya maryam maryann masood mateusz mathew mathilda
mathilde matilda matteo matthew matthias mattie matylda maud maureen maurice mauricio maurya mavis
max maximilian maxine maxwell maya mayra maysa mbali meadow meaghan meena meera meg megan megha
mehmet mehreen mehwish meinir meirion melania melanie melina melinda melissa melody melvin mena
menna mercedes mercy meredith meriel merle merlin merryn mervyn meryem meryl mia mica micah
michael michaela michal michala michele michelle mickey mieczyslaw mihaela mihai mikaela mike
mikolaj milan milana mildred milena miles miley millicent millie milly milo mimi mina mindy minnie
mira mirabel miranda mirela miriam mirka miroslav miroslawa misha misty mitchell modupe mohamed
mohammad mohammed mohan mohsin moira mollie molly mona monica monika monique monroe montague
montserrat morag morfydd morgana moriah morris mortimer morven morwenna moses moya muhammad
muhammed muna munir muriel mustafa myfanwy mylene myles myra myriam myrtle nabeel nabila nada
nadeem nadezda nadia nadine nadja naeem nafisa naheed nahid naila naima naina nainsi najma nalini
nan nancy nanda nandini nanette nannette naomi napoleon narges narinder nasim nasir nasreen nasrin
nastasia nat natalia natalie natasha natasza nathalie nathan nathaniel naveed nazia nazir nazneen
neal neda neelam neema neena neeraj neeta neha nehemiah neil neima nelda nell nellie nelly nerina
nerissa nerys nesrin nessa nesta neta nevena neville nevin ngozi nia niall niamh nicholas nick
nicki nicky nico nicola nicolas nicole nicoleta nicolette nienke nigel nihal nikita nikki nikola
nikolai nila nilufar nimra nina nirmal nirmala nisha nita nitin niven nkechi nneka noa noah noel
noelle nola nomsa nona noor noorjehan nora noreen noreena norma norman norris nuala nuno nur nuria
nuru nusrat nyah nyla nyree obi octavia octavian octavius odessa odette odile ofelia ola
oleksandra olena olga oliver olivia oliwia ollie oluwaseun olwen olwyn omar omari omolara ondine
onora oona ophelia ora oriana orla orlaith orlando orson osama oscar osian osman oswald otis
ottilie otto ottoline owain owen oyinkan pablo paddy padma padraig paige paloma pam pamela pandora
pansy paolo parminder parvati parveen pascal pascale pat patience patrice patricia patrick patrik
patrycja patsy patti patty paul paula paulette paulina pauline paulo pavel pawel payal pearl
pearlie pedro peggy penelope peony pepper percival percy perdita peregrine perla perpetua perrin
perry persephone peta pete peter petra petronella petros petula peyton phil philip philipa
philippa philippe philomena phineas phoebe phyllida phyllis pia pierre piers pilar piotr pip piper
pippa piran pixie polina polly poonam poppy porsha posy prabha pradeep pranav prashant precious
prem prerna primrose primula priscilla priti priya priyanka pru prudence prunella przemyslaw
queenie quentin quiana quincy quinn rabia rabiya rachael rachel rachelle radek radha radoslaw
raelene rafael rafal rafe raheela rahim rahima rahul raina raisa raj raja rajan rajesh rajinder
rajiv rajni rakesh ralph ram rama raman ramesh ramon ramona rana randolph rani ranjana ranjit
raphael raquel rasheeda rashid rashida raul raven ravi ray raya raymond rayna razia reagan reanna
rebeca rebecca rebekah reece reem reena rees reese reggie regina reginald rehana reina reinhard
rekha remi rena renata renate rene renee reshma reuben rex reza rhea rhian rhianna rhianne
rhiannon rhianwen rhoda rhodri rhona rhonda rhonwen rhoswen rhydian rhys ria rian ricardo richard
richie rickie ricky rihanna rikki riley rishi rita riya riyad rizwan rob robbie robert roberta
roberto robin robyn rocco rochelle rocio roddy roderick rodney rodrigo roger rohan rohit roisin
roland rolf roma roman romana romilly romola romy ron rona ronald ronan ronnie rory rosa rosalba
rosaleen rosalie rosalind rosalyn rosamond rosamund rosanna rosanne rosario rose roseanna roseanne
roseline rosella roselyn rosemary rosetta roshan roshni rosie rosina rosita roslyn ross roswitha
rowan rowena rowland roxana roxanne roy roza rozalia ruben rubina ruby rudolf rudy rufus rukhsana
rukmini rumana rupert ruqayya russ russell ruta ruth ruthie ruxandra ryan ryszard saad saba sabah
sabeena sabina sabrina sacha sade sadia sadie sadiq safa saffron safia safiya sagal sahar sahib
sahra saif saima saira sajid sajida sakina salama saleem salim salina sally salma salwa sam
samaira samantha samara samina samira sammy samson samuel samuela sana sandeep sandip sandra sandy
sangeeta sania sanja sanjana sanjay santiago saoirse sapna sara sarah sarai sarika sarita sarwat
sascha sasha saskia satinder saul savannah savita scarlet scarlett scott seamus sean sebastian
seema selena selene selima selina selma senara senga septimus serafina seraphina seren serena
sergei sergio shabana shabnam shaheen shahid shahida shahnaz shaista shakeel shakira shamim
shamima shan shana shane shania shanice shaniqua shannon shanti shaquille sharan sharleen sharmila
sharmin sharna sharon sharron shaun shauna shawn shayla shazia sheba sheela sheena sheena-marie
sheila shelagh shelby sheldon shelina shelley shelly sheralee sheree sheri sherry sherwin sheryl
shila shilpa shireen shirley shiv shivani shiya shobha shona shoshana shreya shweta sian siana sid
sidney sidra sienna sigrid silas silke silvana silvia silvio simi simon simone simran sindy sinead
siobhan sioned siraj sita sitara siwan skyla slawomir sneha snezana sofia soh solomon somaya sona
sonal sonali sonam sonia sonja sonny sonya sophia sophie sophy soraya soren spencer stacey stan
stanislaw stanislawa stanley stef stefan stefania stefanie stella stella-mae steph stephan
stephania stephanie stephen steven stevie stewart stuart stuti subhash suda sudha sue suhail sukey
sukhdeep sukhi sukhjit sukhvinder sukie sultana sumaira suman sumaya sumera sumita sunil sunita
sunniva supriya suraj suresh surinder suriya susan susanna susannah susie suzan suzana suzanne
suzie suzy svetlana swati sybil sybilla sydney sylvester sylvia sylvie syreeta szymon tabassum
tabitha tacita tadeusz tahir tahira tai talia taliesin talitha tallulah tamar tamara tameka tamika
tamsin tamsyn tania tanisha tanvir tanya tara tariq tarquin taryn tasha tasmin tasneem tatiana
tatum tayla taylor ted teddie teddy teena tegan tegwen temi tenzin teodora terence teresa teresita
terri terry tess tessa tevin thalia thandi thandiwe thea thelma thelonius theo theodora theodore
theodosia theresa thierry thomas tia tiana tiarna tiernan tiffany tilda tillie tilly timothy tina
tirion tisha titus tiziana toby tod todd tom tomas tomasz tomos toni tonia tony tori torin tory
toyah tracey tracie tracy travis tremaine trevor tristan tristram trixie troy trudie trudy trystan
tuan tulip twila tyler tyra tyrell tyrone tyson ulrich ulrike uma umair umar una ursula ursulina
usama usha usman uzma vadim val valda valentina valentine valentino valeria valerie vanda vandana
vanessa vanora vasanthi vasile vaughan veena velma venetia vera vera-mae verena verity verna
vernon veronica veronika vesna vic vicki vicky victor victoria vida vidya vijay vikki vikram
viktor viktoria vilma vimala vina vince vincent vinod viola violet violeta violetta viorica viraj
virginia vita vittoria viv vivian viviana vivien vivienne vlad vladimir vlasta vonnie waheeda
wahida waleed walid wallace walt walter wanda wanda-mae waqar waqas warda waseem wasim wayne
wendell wendy wenona wes wesley whitney wiktor wiktoria wilbert wilbur wilf wilfred wilhelmina
willa willard willem william willow wilma wincenty winifred winnie winona winston wiremu wojciech
wren wyn wynne wynonna xander xanthe xavier xenia ximena yana yanni yara yaroslav yasemin yash
yasir yasmeen yasmin yasmina yaw yelena yemi yeshi yetunde yevgeny yohanna yolanda yosef yoshiko
yousef youssef yuliya yuri yusra yusuf yvan yvette yvonna yvonne zac zach zachariah zachary zack
zaheer zahid zahida zahir zahra zainab zainah zaira zak zakariya zakia zander zane zanele zanna
zara zaria zayd zayn zaynab zbigniew zdenka zeba zeena zeinab zelda zelma zena zenobia zeta zeynep
zhanna zia zibby zillah zina zinnia ziva zoe zofia zohra zola zora zosia zoya zubair zubeida zuhra
zulaikha zuleika zuri zuzana zuzanna zygmunt
"""
GIVEN_NAMES: Final = frozenset(IN_THEIR_ORDER.split())

enum LanguageTableText {
    /// A line a language: code, writing system, telling letters, frequent function words.
    static let languages: StaticString = """
        ar|arabic|ةىأإؤئيك|في من على إلى أن عن التي الذي مع هذا هذه بعد كما قد بين أو لا ما كان خلال ذلك كل إن لم حتى قبل غير منذ ثم لكن حيث عند كانت حول دون ضد نحو لدى أي وقد إذا مثل تحت فوق أمام وفي ومن وعلى وأن قال وقال فيها فيه عليه له لها بها به وهو وهي هو هي التى اليوم يوم
        fa|arabic|پچژگیک|در به از که این است را با می برای آن یک شد شده خود تا کرد بر هم نیز وی او ما اما یا باید هر بود کند کنند دارد شود اند بین پس نیست ها های کرده گفت اگر چه همه بودن روز دو
        ur|arabic|ٹڈڑںےہھ|کے میں کی ہے سے کا کو نے اور پر ہیں اس یہ کہ نہیں تھا ایک گیا ہو کر بھی تھے جو تو ان وہ رہے دیا تھی کہا لیے ہوئے اپنے ساتھ بعد جس کیا ہوا والے گئے جب تک گی ہی
        ps|arabic|ېۍځڅښډړڼګ|په چې کې او سره له دي دی نه هم به یې ته ده شي کړي کړې کوي وو یو دا خو لري پر هغه شوي وي سره شوې څخه لپاره
        ku|arabic|ەێۆڕڵڤ|لە بە و کە بۆ ئەم لەسەر ئەو دەکات کرد لەگەڵ هەر یەک دوای بەڵام بوو ئەوەی نییە دەبێت کە تا هەموو خۆی ناو کرا دا یان پێش زۆر ئێمە ئەوە
        ug|arabic|ۇۈۋەڭې|بىلەن ۋە بۇ ئۇ بىر ئۈچۈن بولغان كېرەك ئۇنىڭ ئەمەس دەپ قىلىش ھەم كېيىن بولۇپ
        sd|arabic|ٻڀٺٿڄڃڇڌڏڊڦڳڱڪڻ|جي ۾ جو کي ته آهي سان تي ۽ جا کان هو هن ٿي ان اهو به نه ڪري لاءِ آهن پر
        en|latin||the of and to in a for on with that is by at from as was it has be are this an not will after who its but over had were which their been about when more than also one first up there they his he have said she would we you what if or can all out into new her our
        fr|latin|çèêâûîœëù|le la les de des du et un une en dans pour que qui sur par au aux est pas avec plus son sa ses il elle ce cette ont été se ne mais ou nous vous leur comme fait aussi être après selon sont avait entre sans ces d l qu y tout
        it|latin|àèìòù|il la le di del della dei delle e un una in nel nella per che con su da dal si non è sono al alla anche come più ha gli lo i ma o anni dopo stato questo questa suo essere hanno ai tra loro l d dell all sul cui se molto nei
        es|latin|ñóíáú¿¡|el la los las de del y en un una que por con para se no su al lo es como más sus pero fue son ha está entre sobre cuando también hasta desde este esta le ya o todo muy sin años después según había ser donde hay
        pt|latin|ãõçâêáó|o a os as de do da dos das e em no na um uma que por com para se não ao à mais foi são como mas seu sua pelo pela entre sobre até quando também já ou ser está ele ela isso anos muito depois segundo nos nas tem foram
        ca|latin|çàòèï·|el la els les de del i a en un una que per amb no és al més com són però seva seu ha ser als dels aquest aquesta també va fer entre sobre han o quan pel sense hi estat molt anys després l d ens perquè
        gl|latin|ñóáú|o a os as de do da dos das e en un unha que por con para se non ao máis é como foi pero na no nas nos seu súa tamén moi pola polo entre sobre xa ou cando está ten anos
        ro|latin|ăâîșțşţ|și de la în a cu pe un o din care că nu pentru este mai au fost sa se fi prin ce sunt ale lui după dar sau între acest această când al ai ca le lor despre până foarte doar
        de|latin|äöüß|der die das und in zu den von mit ist im für auf des dem ein eine nicht sich auch als an es werden wird aus bei hat einen einer nach dass sind noch wie um am zum zur war haben über aber oder nur vor so sie er wir ich bis mehr durch kann wurde
        nl|latin|ëï|de het een van en in is dat op te voor met zijn niet aan er om ook als bij door maar naar uit dan nog hij wordt was over of heeft werd deze die zich worden meer kan hun we ze ik tot tegen veel zou jaar al
        af|latin|ëê|die van en in is het dat nie te wat vir met op sy as aan was sal om by ook hulle maar word uit deur ons kan een na oor jaar moet toe wees
        sv|latin|åäö|och att det i som en på är av för med den till inte har de ett om var men sig från vid kan när så ska efter eller under nu där också han hon vi man mycket sin säger över mot alla år
        da|latin|æøå|og at det i som en på er af for med den til ikke har de et om var men sig fra ved kan når så skal efter eller under nu der også han hun vi man meget blev siger over mod mellem ud hvor bliver være
        no|latin|æøå|og at det i som en på er av for med den til ikke har de et om var men seg fra ved kan når så skal etter eller under nå der også han hun vi man mye ble sier over mot mellom ut hvor blir være å noen
        is|latin|ðþæöáéíóú|og að í á er sem til var við um en af fyrir með það hann því ekki frá hafa eru verið þá hún þeir einnig svo sé eftir þar eða
        fi|latin|äö|ja on ei se että oli hän kun mutta myös ovat joka niin kuin sen tai vain ole mukaan jo ollut hänen tämä vuonna jos nyt sitä ne kanssa voi mitä joita jotka eivät olisi
        et|latin|äöõü|ja on ei et see oli kui ka mis ta seda aga kes oma või ning selle mille veel pole olid kuid nende aasta siis nii välja üle
        pl|latin|ąęłńśźżćó|i w na z do że się nie o to jest jak po za od przez co dla ma był oraz ale tym są tego ich który która które może jego już tylko także roku być przed pod przy ze jednak gdy
        cs|latin|ěřůčšžýáíé|a v na se že je s z do o to k i za po ve ale jako by si od pro jsou jeho které který která jsem však také bylo byl být podle při už nebo až před roku není má
        sk|latin|ľĺŕôčšžýäá|a v na sa že je s z do o to k aj za po vo ale ako by si od pre sú jeho ktoré ktorý ktorá som však tiež bolo bol byť podľa pri už alebo až pred roku nie má
        sl|latin|čšž|in v na je da se za z s so po pa bi ki tudi kot ne od pri do iz še bil bilo bila ali ker kar lahko leta pred med več smo sta le
        hr|latin|čćđšž|i u na je da se za s od su o koji koja koje kao a ne iz će bi što nije bio sve to ili samo sa biti do ali po prema te kako još nakon prije bila godine
        hu|latin|őűöüóáé|a az és hogy nem is egy volt meg ez azt el csak de már még mint van ezt vagy lesz be ki akkor kell lehet amely ami után szerint között pedig minden ha nagyon
        lt|latin|ąčęėįšųūž|ir į kad iš su tai yra buvo o kaip jis ne ar bei bet apie per jo savo dėl tik po nuo iki metų pagal jau kuris už taip turi
        lv|latin|āēīūģķļņčš|un ir ar no uz par kas ka bija tas to lai vai kā bet pēc pie arī viņš ne gan kur tikai tiek šo jau gada tā būs savu
        sq|latin|ëç|e të në dhe për me që një i se nga është ka si do u së nuk më këtë ai kjo kanë duke janë po ky edhe ishte tij kur mund
        tr|latin|ığşçöüİ|ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra en var o ya ki ise göre değil olduğu ancak iki her oldu üzerine etti ediyor yeni tarafından dedi diye kendi bunu şu büyük yıl
        az|latin|əığşçöü|və bir bu da də üçün ilə ki olan olaraq çox daha sonra edib isə amma deyil ən onun hər kimi görə var olub bildirib ilə
        id|latin||yang dan di dari untuk dengan pada ini itu dalam tidak akan ke adalah oleh ada juga bisa sebagai mereka para telah karena saat lebih kami atau tersebut menjadi tahun hari orang kita sudah saya anda ia dapat namun
        tl|latin||ang ng sa na mga at ay si ni para kay ito hindi may niya nila kung isang siya naman din rin nang pero lang ako mula dahil wala ayon
        sw|latin||ya wa na kwa ni katika la kuwa za huo hii cha hiyo huyo hao kama baada watu lakini hivyo yake wake mwaka ili hata pia kutoka bila nchi
        so|latin||oo ka iyo ku in ee waa u uu la ah si ay ayaa lagu loo kale inuu waxaa sheegay kala markii aan kuwa isaga ama waxay
        mt|latin|ħġżċ|li ta il u fil biex ma minn f kien hu din kienet għal dan dwar wara iżda huwa jew lill mill fuq bil dawn kif lil qal ukoll għall
        vi|latin|đăơưâêô|của và là có trong cho không được người những một với đã các đến này khi cũng để về từ ra vào năm như tại nhiều sẽ ông trên theo
        eu|latin|ñ|eta da ez du izan dute zuen ere bat dira zen hau baina egin beste horrek bere dela den duen oso baino arte egiten
        ga|latin|áéíóú|agus an na ar le go i is bhí sé don ag do sin ach nach mar tá leis seo chun ón sa atá ní
        ru|cyrillic|ыэъё|и в на не с что по это как из за от к у о для но его он же так был было все или то до при только она они если также может года быть бы были под после еще уже мы которые чтобы
        uk|cyrillic|іїєґ|і в на не з що до та за у про як від для це його по він але є був також який або було під час вже бути після року так ще які із цього її між все
        be|cyrillic|ўіыэ|і ў на не з што да па у як за гэта ад для ён але яго пра быў гэтага таксама пры або можа якія каб было яны гадоў ужо калі
        bg|cyrillic|ъщ|и на в за да се от не с са по че е как до при като това той ще или само си след бе беше ни след които още които през които така но ако има който което
        mk|cyrillic|ѓќѕјљњ|и на во за да се од не со ќе што е по дека до како при ова тој или само си беше кои но ако има овој како по кој како така
        sr|cyrillic|ђћјљњџ|и у на је да се за од са су не о као који која које из ће би што није био то или само али по према како још након бити после
        kk|cyrillic|әқңғүұһөі|және мен бұл да де үшін бар деп бір осы болып оның ол қазақстан екен туралы кейін бойынша пен бен болды
        """
}

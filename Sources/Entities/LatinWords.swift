/// Words of English and French news for ``Lexicon``: the project's own lists, written by hand.
enum LatinWords {
    static let givenNames = """
        mohamed mohammed muhammad ahmed ahmad mahmoud ali hassan hussein omar othman khalid khaled walid saeed said saleh salem salim
        suleiman ibrahim ismail youssef yusuf mousa musa issa yahya mustafa abdullah abdulrahman abdel abdul abdelaziz abdulhamid
        abdelhamid abdelfattah abdelmajid abdelkader kamal kamel tarek tariq ziad fouad fuad fahd faisal saud nasser mansour rashid
        rached rachid hamad khalifa zayed tamim jassim badr saad salah adel imad emad emadeddin hisham wael yasser nabil samir amir
        bashir bachir karim hamid majid jalal bilal fadel atef sherif riad fawzi sabri fathi helmi hani sami rami jaber nizar bashar
        mazen ghassan marwan adnan anwar akram osama usama ayman moncef beji kais najib habib farid jamil khalil moussa faki fatima
        aisha khadija zeinab mariam maryam sarah leila nour huda mona salma souad nadia samira amina hala rania dina najla stephanie
        aguila fayez fathi abdelhakim haftar saif moammar muammar seif siddiq sadiq tahar taher hafez aminata fatou mamadou
        john james robert michael william david richard joseph thomas charles christopher daniel mark donald george paul steven stephen
        edward brian ronald kevin jason gary timothy jeffrey scott eric andrew gregory patrick jack henry peter tony gordon boris tim
        ben sam tom alex nick simon martin matthew anthony antony ian alan keith graham colin nigel philip jonathan adam luke oliver
        harry jamie kate emma anna mary elizabeth margaret susan linda barbara jennifer jessica karen lisa nancy laura sharon michelle
        amy angela helen rachel catherine christine marie julie sophie claire isabelle nathalie sylvie francoise monique brigitte jean
        pierre jacques francois michel nicolas laurent alain bernard dominique philippe claude rene andre louis marcel pascal thierry
        frank didier emmanuel olivier bruno christophe sebastien vincent julien antoine guillaume arnaud edouard gabriel hans franz
        klaus wolfgang olaf heiko angela annalena frank giuseppe giorgia mario luigi matteo silvio sergio paolo antonio marco lorenzo
        vladimir dmitry sergei sergey igor nikolai alexander alexei yuri viktor mikhail maria jose juan carlos fernando luis miguel pedro
        pablo javier diego lionel cristiano recep tayyip mevlut hakan hulusi binyamin benjamin yair ehud ariel shimon ban kofi xi wang
        li kim shinzo fumio narendra imran nawaz joe barack kamala hillary bill rex lloyd jake jens josep ursula charles ghassan jan
        abdoulaye volodymyr luiz nelson cyril muhammadu paul-yves rhulani moutaz hamza salim osman tayeb fadel bernardino deborah
        """

    static let personTitles = """
        mr mrs ms dr sir lord lady captain colonel lieutenant major marshal commander spokesman spokeswoman spokesperson envoy ambassador
        analyst researcher professor coach striker midfielder defender goalkeeper captain mayor governor judge lawyer activist
        journalist doctor author director chairman chairwoman speaker sheikh imam pope prince princess queen secretary deputy chief
        m mme monsieur madame docteur présidente ministre porte-parole porte parole ambassadeur ambassadrice chercheur chercheuse
        économiste analyste entraîneur attaquant maire juge avocat avocate journaliste médecin directeur directrice général maréchal
        rival envoyé émissaire député sénateur
        """

    static let placeCues = """
        city town village province district region governorate river island port airport near outside downtown capital
        ville village quartier région gouvernorat fleuve île port aéroport capitale commune
        """

    static let placePrepositions = "to at near towards into across around outside à vers près depuis entre jusqu"

    static let organisationHeads = """
        ministry university company corporation bank council commission committee union party agency organisation organization association
        federation institute hospital court parliament army club group authority fund league brigade
        ministère université société compagnie banque conseil commission comité union parti agence organisation association fédération
        institut hôpital cour parlement armée groupe autorité fonds ligue brigade
        """

    static let speechVerbs = """
        said says told announced added warned called met visited accused denied confirmed stated
        dit déclaré annoncé ajouté affirmé indiqué précisé estime rencontré promis
        """

    static let countries = """
        libya egypt tunisia algeria morocco sudan chad niger mali syria iraq lebanon jordan palestine israel saudi qatar kuwait bahrain
        oman yemen iran turkey france italy germany britain england spain portugal greece malta cyprus russia ukraine china japan india
        pakistan afghanistan america canada mexico brazil argentina nigeria ghana senegal ethiopia kenya uganda somalia europe africa asia
        libye égypte tunisie algérie maroc soudan tchad syrie irak liban jordanie koweït yémen turquie italie allemagne angleterre
        espagne grèce malte chypre russie chine japon inde amérique brésil argentine sénégal éthiopie somalie afrique asie
        """

    static let cities = """
        tripoli benghazi misrata derna sirte sebha tobruk zawiya zintan cairo alexandria tunis algiers rabat casablanca khartoum damascus
        aleppo baghdad beirut amman jerusalem gaza riyadh doha dubai tehran ankara istanbul paris london rome berlin madrid athens
        brussels geneva vienna moscow kyiv washington york beijing tokyo delhi abuja dakar nairobi ababa
        syrte sabha benghazi caire alexandrie alger khartoum damas alep bagdad beyrouth jérusalem riyad téhéran londres athènes bruxelles
        genève vienne moscou pékin abeba
        """
}

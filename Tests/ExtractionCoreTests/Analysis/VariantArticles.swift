/// Invented articles in the manner of news agencies; nobody and nothing in them is real but the larger places.
enum VariantArticles {
    static let shelling = """
        Government artillery pounded the besieged town of Tal Qarim for a third day, monitors and state media said. The \
        The Damascus-based Centre for Conflict Records (CCR) said the barrage was the heaviest since the spring.

        Smoke over Idlib Syria Tal Qarim
        A rescue worker looks through rubble in the village of Beit Hanoura on the western outskirts of Idlib on 14 \
        March 2019 Karim Nasser/Reuters

        Residents have reported heavy shelling and rocket fire on the town on Thursday (14 March). State television \
        network Al-Watan reported that the shelling by rebel factions killed nine, including three children. It said \
        the wounded were taken to a hospital in Idlib. The CCR said 17 people were killed in the bombardment. It said \
        the shells were probably fired by government forces.

        Rima Haddad, a spokeswoman for the CCR, told reporters that rescue teams had been turned back at checkpoints. \
        "We ask all sides to let the ambulances through," Haddad told a news conference held in Beirut. Hadad said \
        the town had been without water since Monday.

        The army has said 400-600 fighters are believed to be hiding in Tal Qarim, which lies to the west of the \
        Orontes River.

        Shelling around the town since late 2018 has displaced tens of thousands of people, with many sheltering in \
        olive groves.
        """

    static let flood = """
        DHAKA, July 21 (Interwire) - Floods triggered by a week of monsoon rain have killed at least 43 people in \
        northern Bangladesh and left 1.2 million stranded, officials said on Tuesday.

        The Jamuna River burst its banks near Sirajganj on Sunday, sweeping away hundreds of mud houses. The Disaster \
        Response Directorate (DRD) said it had opened 310 shelters. "The water rose faster than anybody expected," \
        said Anwar Kabir, the director of the DRD. "Our boats cannot reach every village," he added.

        A woman carries her goats through flood water in Kurigram, Bangladesh, July 20, 2020. Photo: Salma \
        Begum/Interwire

        Red Crescent volunteers put the death toll at 61. Nasima Akter, a coordinator for the Bangladesh Red Crescent, \
        said many victims had drowned while trying to save cattle. "They would not leave the animals behind," she said.

        Kabeer said between 80,000 and 90,000 hectares of rice had been lost. He said the damage could rise as the \
        the water moves south toward Dhaka.

        Forecasters have warned that more rain is expected on Thursday. Some 20,000 people were reportedly cut off in \
        the district of Kurigram.
        """

    static let mine = """
        Rescuers searching for 16 miners trapped in a collapsed coal mine in western Colombia have pulled out four \
        bodies, the National Mining Agency (ANM) said on Friday.

        The accident happened early on Wednesday (9 September) when a wall gave way at the Las Palmas mine, near the \
        town of Riogrande. ANM director Lucía Fonseca said a build-up of gas was the likely cause. "We have not \
        lost hope of finding the others alive," Fonseca told local radio. The ANM said 12 workers were still missing.

        The miners' union disputed the figures. Union leader Jairo Quintana said 19 people had been underground and \
        that six of them were dead. "The company did not even know who was down there," Quintana said.

        Relatives wait outside the Las Palmas mine in Riogrande, Colombia, 10 September 2020. (Photo by Pablo Rueda/AP)

        A statement cited Marta Olaya, the deputy mining minister, as saying: "Those responsible will answer for this." \
        Fonsecca said the mine had no valid permit. The mine's owners could not be reached for comment.

        At least 30 miners have died in accidents in Colombia this year, according to the ANM.
        """

    static let ferry = """
        At least 28 people drowned when an overloaded ferry capsized on Lake Tanganyika, police in Tanzania said on \
        Sunday.

        The MV Upendo was carrying more than 150 passengers to the port of Kasanga when it was hit by strong winds on \
        Saturday night (3 May). Kigoma regional commander Joseph Mwakyusa said 92 people had been rescued. \
        "Fishermen reached the wreck before we did," Mwakyusa said. "They saved dozens of lives."

        An opposition lawmaker gave a far higher figure. Grace Shayo, a member of parliament for Kigoma, said 54 people \
        had died. "The government is hiding the truth," she told the newspaper Mwanahabari. The government denied the \
        claim.

        Ferry survivors Tanzania
        Survivors are helped ashore at the village of Mtimbwa on 4 May 2015 Emmanuel Kileo/AFP

        The Surface and Marine Transport Authority (SMTA) said the vessel was licensed to carry 70 people. It said the \
        captain had been arrested. Mwakyussa said the ferry had probably been overloaded with maize.

        Ferry accidents are common on the lake, where boats are often old and overcrowded. In 2011, nearly 200 people \
        were killed when a ferry sank off Zanzibar.
        """

    static let protest = """
        Police fired tear gas at thousands of protesters in the Belarusian capital on Sunday and detained more than \
        300 people, a rights group said, as anger over fuel prices spread.

        Marchers, many with flags, tried to reach Independence Square in Minsk. Hanna Kavalenka, a lawyer with the \
        Dawn Human Rights Centre (DHRC), said 340 people had been detained across the country. The interior ministry \
        said 212 people were detained. It said all of them would face charges of disorder.

        "They beat people who were already lying on the ground," Kavalenka said.

        Riot police detain a man during a protest in Minsk, Belarus, Sunday, Oct. 18, 2020. (AP Photo/Viktar Drozd)

        Interior Minister Siarhei Baranau dismissed the reports. "Nobody was beaten," he told state television. \
        Opposition leader Volha Hancharova, who lives in Vilnius, called for a general strike. "We will not go home \
        until the prices are lowered," Hancharova said in a video message.

        The European Union has called for the release of the protesters. Kavalenko said dozens were injured, two of \
        them seriously. At least 40 people were hurt when the police broke up a similar rally last week.
        """

    static let earthquake = """
        KATHMANDU (Interwire) - A powerful earthquake shook western Nepal late on Friday, killing at least 137 people \
        and injuring more than 200, officials said.

        The 6.1-magnitude quake struck the district of Jajarkot at 11:47 pm and was felt as far away as New Delhi. \
        "Whole villages have been flattened," said Suresh Bhattarai, a spokesman for the Home Ministry. Bhattrai said \
        soldiers were digging with their bare hands.

        Collapsed house Jajarkot Nepal
        Villagers search a collapsed house in the village of Chiuri on 4 November 2023 Prakash Rana/EPA

        The United States Geological Survey (USGS) put the magnitude at 5.7. The USGS said the quake was only 18 km \
        deep. The Nepal Red Cross Society said 152 people had been killed. It said the toll was expected to rise.

        Army helicopters have flown 36 of the injured to Nepalgunj, army spokesman Krishna Thapa said. "The weather is \
        against us," Thapa said.

        The quake was the deadliest in Nepal since 2015, when about 9,000 people were killed in two earthquakes. Tens \
        of thousands have been left homeless.
        """

    static let offensive = """
        The battle to retake Mbekala, the last stronghold of the Front for the Liberation of the Lakes (FLL), has \
        started, the Congolese army said on Tuesday. The The army-backed Ituri Defence Committee (IDC) said its men had \
        entered the town from the south.

        Battle Mbekala Congo FLL
        A fighter of the Ituri Defence Committee rests in the village of Lukweti on the southern edge of Mbekala on 2 \
        August 2016 Patient Ilunga/AFP

        Célestin Mugabo, a spokesman for the IDC, told reporters that the operation had been prepared for weeks. \
        "Today we begin to free the people of Mbekala," Mugabo told a news conference held in Goma. IDC fighters began \
        moving toward the town in May.

        The UN mission in Congo, MONUSCO, has said 1,500-2,000 FLL rebels are thought to be dug in at Mbekala.

        Civil society activists have reported fierce fighting in the town on Monday (1 August). The army said 25 rebels \
        were killed in the fighting. FLL commander Innocent Kasereka said his men had killed 14 soldiers. He said the \
        rebels still held the bridge. Mugabbo said the rebels were reportedly using civilians as shields.

        "It is a matter of days," a statement cited Gen Faustin Lobo, the army's regional commander, as saying. "They \
        have nowhere to go," said Lobo.

        Fighting around Mbekala since early 2016 has displaced tens of thousands of people.
        """

    static let hostages = """
        Gunmen have freed 23 schoolgirls who were kidnapped from a boarding school in north-western Nigeria last week, \
        the governor of Zamfara state said on Monday.

        The girls were handed over in a forest near the village of Dankurmi, governor Bashir Magaji told a news \
        conference in Gusau. "They are tired, but they are well," Magaji said.

        Musa Danladi, a spokesman for the Northern Parents' Forum (NPF), said 31 girls had been seized on 12 February. \
        "We are still waiting for eight of our daughters," he said. The police said 25 pupils were abducted.

        Freed pupils Gusau Nigeria
        Freed pupils sit in a government hall in Gusau on 22 February 2021 Aminu Sule/AFP

        The state government denied that a ransom had been paid. However, two security sources said about $50,000 had \
        changed hands. Danlady said he did not believe the governor.

        More than 600 pupils have been kidnapped in northern Nigeria since December, according to the UN children's \
        agency UNICEF. The attackers, known locally as bandits, allegedly operate from camps in the Rugu forest.
        """

    static let cholera = """
        A cholera outbreak in Haiti has killed at least 58 people since the start of the month, the health ministry said \
        on Thursday, as aid groups warned that the true figure could be far higher.

        The ministry has confirmed 1,900 to 2,100 cases, most of them in the district of Carrefour. Doctors for the \
        Islands (DFI), a medical charity, said 112 patients had died in its clinics alone. "We are running out of beds \
        and of clean water," said Claire Montplaisir, the head of mission for DFI.

        Children fetch water in Port-au-Prince, Haiti, on October 12, 2022. Photograph: Jean Estimé/Reuters

        Health Minister Alex Dorval said vaccines would arrive next week. "This is not 2010," Dorval told Radio Soleil. \
        An earlier outbreak killed about 10,000 people.

        Montplaisr said gangs had blocked the main fuel terminal, and that ambulances could not move. She said some \
        patients were reportedly carried for miles on doors. The World Health Organization (WHO) said it would send \
        500 tonnes of supplies. The WHO said the outbreak was likely to spread.

        "People are dying because of a roadblock," Montplaisir said.
        """

    static let election = """
        Clashes between supporters of rival candidates killed at least seven people in western Kenya on Wednesday, a day \
        after a disputed presidential vote, police and rights monitors said.

        Police spokeswoman Beatrice Wanjala said four people had been shot dead in Kisumu. "Officers fired only when \
        their lives were in danger," Wanjala said. The Lakeside Observatory for Civil Rights (LOCR) said 11 people were \
        killed. It said the police were probably responsible for most of the deaths.

        Protesters burn tyres in Kisumu, Kenya, August 10, 2022. REUTERS/Dennis Otieno

        The electoral commission declared President Daniel Mutiso the winner with 51.2 percent of the vote. His rival, \
        former prime minister Peter Okelo, said the count was rigged. "The people's vote was stolen at night," Okelo \
        told supporters in Nairobi. Okello has until Monday to go to the Supreme Court.

        Election observers from the African Union said the vote was largely fair. Wanjalla said 63 people had been \
        arrested since Tuesday. Internet access was reportedly cut in parts of the city.

        After the election of 2007, more than 1,100 people were killed.
        """

    static let crash = """
        MOSCOW - A passenger plane with 48 people on board crashed in Russia's far east on Thursday as it came in to land \
        in bad weather, and there were no survivors, the Emergencies Ministry said.

        The An-24 of Amur Regional Airlines (ARA) vanished from radar near the town of Tynda shortly before 1 pm. A \
        helicopter found the burning wreck on a hillside 15 km from the airport.

        Plane wreck Tynda
        Rescuers work at the crash site near Tynda, Russia, on 24 July 2025. Photo by Oleg Bystrov / AP

        Regional governor Viktor Sorokin said 43 passengers, including five children, and six crew members had been on \
        the plane. "We are checking the lists again," Sorokin said. The ministry has said 48 people were killed.

        Elena Gromova, a spokeswoman for ARA, said the aircraft had passed its checks in May. Gromva said the crew had \
        more than 20 years of experience. "There is no reason to suspect a fault," she told the news agency Vostok-Press. \
        Vostok-Press reported that pilot error was the likely cause. It said investigators had found both flight \
        recorders.

        Three people were killed in July 2024 when another plane of the company ran off a runway in Yakutsk.
        """

    static let court = """
        PRISTINA (Interwire) - A court in Kosovo on Friday sentenced a former militia commander to 18 years in prison \
        for the murder of 13 civilians in the village of Dobrava in 1999.

        Judge Arta Krasniqi said Dragan Petkovski, 61, had ordered the killings. "He chose who would live and who would \
        die," Krasniqi told the court. Petkovsky, wearing a grey suit, showed no emotion.

        His lawyer, Milan Radich, said he would appeal. "My client was not even in the village," Radich told reporters. \
        Prosecutors had said Petkovski led a unit of 50 to 60 men known as the Wolves.

        Petkovski trial Pristina Kosovo
        Dragan Petkovski arrives at the court in Pristina on 6 October 2017 Besnik Gashi/AFP

        The Association of Missing Families (AMF) said 22 people were killed in Dobrava. It said eight bodies had never \
        been found. "Eighteen years is not justice," said Shpresa Morina, the president of the AMF.

        The indictment said the victims were reportedly taken from a bus. More than 10,000 people were killed in the \
        war of 1998-1999.
        """

    static let all = [
        shelling, flood, mine, ferry, protest, earthquake, offensive, hostages, cholera, election, crash, court,
    ]
}

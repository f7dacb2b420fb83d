//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins, the facts: patient monitors, information centres and imaging of Philips.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Bulletin {
    /// Facts of CISA's medical advisories (ICSMA), in the form that `Bulletin.read` takes.
    static let philips = """
        @ICSMA-17-318-01~1~2017-11-14~2017-11-14
        VPhilips
        R0001~IntelliSpace Cardiovascular~<= 2.3.0
        R0002~Xcelera~<= R4.1L1
        C2017-14111~522~*~72~0/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-18-025-01~1~2018-01-25~2018-01-25
        VPhillips
        R0001~IntelliSpace Cardiovascular~<= 2.3.0
        C2018-5438~613~*~67~0/AV:L/AC:L/PR:L/UI:R/S:C/C:H/I:L/A:N~m*
        @ICSMA-18-058-02~1~2018-02-27~2018-02-27
        VPhillips
        R0001~IntelliSpace Portal 8.0.x~vers:all/*
        R0002~IntelliSpace Portal 7.0.x~vers:all/*
        C2018-5474~20~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0143~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0144~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0145~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0146~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0148~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0272~20~*~81~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0277~20~*~70~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:L~m*
        C2017-0278~20~*~70~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:L~m*
        C2017-0279~20~*~70~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:L~m*
        C2017-0269~20~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        C2017-0273~20~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        C2017-0280~20~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        C2017-0147~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0267~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0268~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0270~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0271~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0274~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0275~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2017-0276~200~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2018-5472~269~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2018-5468~269~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-0199~269~*~78~0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H~m*
        C2005-1794~269~*~65~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N~m*
        C2018-5470~428~*~78~0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H~m*
        C2018-5454~489~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N~m*
        C2018-5458~327~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2018-5462~295~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2018-5464~295~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2018-5466~295~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        C2011-3389~327~*~37~0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N~m*
        C2004-2761~327~*~37~0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N~m*
        C2014-3566~327~*~34~1/AV:N/AC:H/PR:N/UI:R/S:C/C:L/I:N/A:N~m*
        C2016-2183~327~*~75~1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        @ICSMA-18-086-01~3~2018-03-27~2018-12-13
        VPhilips
        R0001~Version~<= R8.0.3
        C2018-5451~287~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        C2018-7498~311~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-18-123-01~2~2018-05-03~2019-10-10
        VPhilips
        R0001~Brilliance CT Big Bore~<=2.3.5
        R0002~Brilliance iCT~<=4.1.6
        R0003~Brilliance iCT~<=3.2.4
        R0004~Brilliance 64~<=2.6.2
        C2018-8853~250~*~61~0/AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:L/A:L~f*
        C2018-8861~668~*~61~0/AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:L/A:L~f*
        C2018-8857~798~*~84~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-18-156-01~2~2018-06-05~2018-06-05
        VPhilips
        =0001~Avalon Fetal/Maternal Monitors FM20/FM30/FM40/FM50~F.0.G.0 | J.3
        =0002~IntelliVue Patient Monitors MX (MX400-550)~Rev J-M | (X3/MX100 for Rev M only)
        =0003~IntelliVue Patient Monitors MP Series (includingMP2/X2/MP30/MP50/MP70/NP90/MX700/800)~Rev B-M
        C2018-10597~287~*~83~0/AV:A/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2018-10599~200~*~64~0/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:L~f*
        C2018-10601~121~*~82~0/AV:A/AC:H/PR:N/UI:N/S:C/C:H/I:L/A:H~f*
        @ICSMA-18-226-01~1~2018-08-14~2018-08-14
        VPhilips
        R0001~IntelliSpace Cardiovascular~<= 3.1
        R0002~Xcelera~<= 4.1
        C2018-14789~269~*~42~0/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L~f*
        @ICSMA-18-312-01~1~2018-11-08~2018-11-08
        VPhilips
        =0001~iSite PACS~vers:all/*
        =0002~IntelliSpace PACS~vers:all/*
        C2018-17906~521~*~63~0/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        @ICSMA-18-340-01~1~2018-12-06~2018-12-06
        VPhilips
        =0001~Philips HealthSuite Health Android App~vers:all/*
        C2018-19001~326~*~35~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N~f*
        @ICSMA-19-297-01~1~2019-10-24~2019-10-24
        VPhilips
        R0001~IntelliSpace Perinatal~<= K
        C2019-13546~668~*~61~0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:N~f*
        @ICSMA-19-318-01~2~2019-11-14~2019-12-12
        VPhilips
        =0001~IntelliBridge EC80 Hub~vers:all/*
        =0002~IntelliBridge EC40 Hub~vers:all/*
        C2019-18241~326~*~63~0/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        @ICSMA-19-353-01~1~2019-12-19~2019-12-19
        VPhilips
        =0001~Pulsera (718095) and Endura (718075)~with wireless option (shipped between 26-June-2017 through 07-Au\
        gust 2018)
        =0002~Veradius Unity (718132)~with ViewForum option (shipped between 2016-August 2018)
        =0003~Veradius Unity (718132)~with wireless option (shipped between 2016-August 2018)
        =0004~Pulsera (718095) and Endura (718075)~with ViewForum option (shipped between 26-June-2017 through 07-A\
        ugust 2018)
        C2019-18263~326~*~53~0/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        @ICSMA-20-163-01~1~2020-06-11~2020-06-11
        VPhilips
        =0001~IntelliBridge Enterprise system integration with IntelliVue Guardian~IGS
        =0002~IntelliBridge Enterprise system integration with SureSigns~VS4
        =0003~IntelliBridge Enterprise system integration with EarlyVue~VS30
        R0004~IntelliBridge Enterprise (IBE)~<= B.12
        C2020-12023~532~*~20~0/AV:A/AC:H/PR:H/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-20-212-01~1~2020-07-30~2020-07-30
        VPhilips
        R0001~DreamMapper~<= 2.24
        C2020-14518~532~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-20-233-01~1~2020-08-20~2020-08-20
        VPhilips
        R0001~SureSigns~<= S4 A.07.107
        C2020-16237~20~*~21~0/AV:P/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L~f*
        @ICSMA-20-254-01~4~2020-09-10~2023-12-14
        VPhilips
        =0001~Patient Information Center iX (PICiX)~B.02
        =0002~Patient Information Center iX (PICiX)~C.02
        =0003~Patient Information Center iX (PICiX)~C.03
        =0004~PerformanceBridge Focal Point~A.01
        R0005~IntelliVue patient monitor MX100~<=N
        R0006~IntelliVue patient monitor MX400-MX850~<=N
        R0007~IntelliVue patient monitor MP2-MP90~<=N
        R0008~IntelliVue X2~<=N
        R0009~IntelliVue X3~<=N
        C2020-16214~1236~*~42~1/AV:L/AC:L/PR:H/UI:R/S:C/C:L/I:L/A:N~m* f1,2,3,4,5,6,7
        C2020-16218~79~*~35~1/AV:A/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N~m* f1,2,3,4,5,6,7
        C2020-16222~287~*~50~1/AV:A/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L~m* f1,2,3,4,5,6,7
        C2020-16228~299~*~60~1/AV:A/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:L~m* f1,2,3,4,5,6,7
        C2020-16224~130~*~65~1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~m* f1,2,3,4,5,6,7
        C2020-16220~1286~*~35~1/AV:A/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:L~m* f1,2,3,4,5,6,7
        C2020-16216~20~*~65~1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~m* f1,2,3,4,5,6,7
        C2020-16212~668~*~68~1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m* f1,2,3,4,5,6,7
        @ICSMA-20-261-01~1~2020-09-17~2020-09-17
        VPhilips
        R0001~Clinical Collaboration Platform~<= 12.2.1
        C2020-14506~668~*~34~0/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:N~m*
        C2020-14525~668~*~35~0/AV:A/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N~m*
        C2020-16198~668~*~50~0/AV:A/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L~m*
        C2020-16200~668~*~65~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        C2020-16247~668~*~68~0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:H~m*
        @ICSMA-21-084-01~1~2021-03-25~2021-03-25
        VPhilips
        =0001~Gemini PET/CT Family~882300 Gemini 16 Slice
        =0002~Gemini PET/CT Family~882160 Gemini Dual
        =0003~Gemini PET/CT Family~882400 Gemini GXL 10 Slice
        =0004~Gemini PET/CT Family~882390 Gemini GXL 6 Slice
        =0005~Gemini PET/CT Family~882410 Gemini GXL 16 Slice
        =0006~Gemini PET/CT Family~882412 GEMINI LXL
        =0007~Gemini PET/CT Family~882473 Gemini TF Ready
        =0008~Gemini PET/CT Family~882470 Gemini TF 16 w/ TOF Performance
        =0009~Gemini PET/CT Family~882471 Gemini TF 64 w/ TOF Performance
        =00010~Gemini PET/CT Family~882476 Gemini TF Big Bore
        =00011~Gemini PET/CT Family~882438 TruFlight Select PET/CT
        C2021-27456~921~*~24~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-21-175-01~1~2021-06-24~2021-06-24
        VPhilips
        R0001~Interoperability Solution XDS~>= 2.5 | <= 3.11
        R0002~Interoperability Solution XDS~>= 2018-1 | <= 2021-1
        C2021-32966~319~*~37~0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-21-187-01~3~2021-07-06~2022-04-05
        VPhilips
        R0001~Vue PACS~<= 12.2.x.x
        R0002~Vue Motion~<= 12.2.1.5
        R0003~Vue MyVue~<= 12.2.x.x
        R0004~Vue Speech~<= 12.2.x.x
        C2020-1938~20~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2018-12326~119~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2018-11218~287~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2020-4670~1188~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2018-8014~324~*~82~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N~f*
        C2021-33020~665~*~78~0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H~f*
        C2018-10115~710~*~75~0/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:H/A:H~f*
        C2021-27501~327~*~65~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N~f*
        C2021-33018~693~*~65~0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N~f*
        C2021-27497~354~*~65~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N~f*
        C2012-1708~79~*~61~0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N~f*
        C2015-9251~707~*~61~0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N~f*
        C2021-27493~176~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        C2019-9636~522~*~37~0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        C2021-33024~319~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        C2021-33022~23~*~27~0/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-21-308-01~1~2021-11-04~2021-11-04
        VPhilips
        R0001~Tasy EMR HTML5~<= 3.06.1803
        C2021-39375~89~*~88~0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H~f*
        C2021-39376~89~*~88~0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-21-313-01~1~2021-11-09~2021-11-09
        VPhilips
        =0001~MRI 1.5T~5.x.x
        =0002~MRI 3T~5.x.x
        C2021-26262~284~*~62~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~f*
        C2021-26248~708~*~62~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~f*
        C2021-42744~200~*~62~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~f*
        @ICSMA-21-322-01~1~2021-11-18~2021-11-18
        VPhilips
        R0001~IntelliBridge EC 40 Hub~<= C.00.04
        R0002~IntelliBridge EC 80 Hub~<= C.00.04
        C2021-32993~798~*~81~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H~f*
        C2021-33017~288~*~81~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H~f*
        @ICSMA-22-006-01~1~2022-01-06~2022-01-06
        VPhilips
        R0001~Engage Software~<= 6.2.1
        C2021-23173~284~*~26~0/AV:N/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N~f*
        @ICSMA-22-088-01~1~2022-03-29~2022-03-29
        VPhilips
        R0001~e-Alert~<= 2.7
        C2022-0922~306~*~65~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        @ICSMA-24-200-01~1~2024-07-18~2024-07-18
        VPhilips
        R0001~Vue PACS~<12.2.8.410
        C2020-36518~787~*~53~1/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~m* f*
        C2020-11113~502~*~88~1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H~m* f*
        C2020-35728~502~*~81~1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2021-20190~502~*~81~1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2020-14061~502~*~81~1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2020-10673~502~*~88~1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H~m* f*
        C2019-12814~502~*~59~1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m* f*
        C2017-17485~502~*~98~1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2021-28165~400~*~75~1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~m* f*
        C2023-40223~269~*~44~1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N~m* f*
        C2023-40704~1392~*~71~1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N~m* f*
        C2023-40539~521~*~44~1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N~m* f*
        C2023-40159~200~*~82~1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:N~m* f*
        """
}

//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins, the facts: pumps, monitors, beds and gateways of smaller houses.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Bulletin {
    /// Facts of CISA's medical advisories (ICSMA), in the form that `Bulletin.read` takes.
    static let others = """
        @ICSMA-17-082-02~2~2017-03-23~2017-05-23
        VB. Braun
        R0001~SpaceStation with SpaceCom module (integrated as part number 8713142U)~< 012U000040
        R0002~SpaceStation (part number 8713140U) with installed SpaceCom module (part number 8713160U)~< 012U000040
        C2017-6018~601~*~54~0/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N~m*
        @ICSMA-17-215-01~1~2017-08-03~2017-08-03
        VSiemens
        R0001~Siemens SPECT Workplaces/Symbia.net Windows XP-Based~vers:all/*
        R0002~Siemens SPECT/CT Systems Windows XP-Based~vers:all/*
        R0003~Siemens SPECT Systems Windows XP-Based~vers:all/*
        R0004~Siemens PET/CT Systems Windows XP-Based~vers:all/*
        C2008-4250~94~1~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-7269~119~1~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        @ICSMA-17-241-01~1~2017-08-29~2017-08-29
        VAbbott Laboratories
        R0001~Accent MRI~< august 28
        R0002~Assurity/Allure~< august 28
        R0003~Assurity MRI~< august 28
        R0004~Accent/Anthem~< august 28
        C2017-12712~287~*~75~0/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        C2017-12716~311~*~31~0/AV:A/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N~m*
        C2017-12714~920~*~53~0/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        @ICSMA-18-240-01~1~2018-08-28~2018-08-28
        VQualcomm Life
        R0001~Allegro RomPager embedded web server~>= 4.01 | <= 4.34
        C2014-9222~668~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m*
        @ICSMA-18-277-01~1~2018-10-04~2018-10-04
        VCarestream
        R0001~RIS Client Builds~<=11.2 on Windows 8.1 with IIS 7.5
        C2018-17891~209~*~37~0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-19-022-01~1~2019-01-22~2019-01-22
        VDräger
        FVF10.1
        =0001~Delta XL~vers:all/*
        =0002~Kappa~vers:all/*
        =0003~Infinity Delta~vers:all/*
        =0004~Infinity Explorer C700~vers:all/*
        C2018-19010~20~*~65~0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        C2018-19014~532~*~43~0/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~f*
        C2018-19012~269~*~84~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-19-029-01~1~2019-01-29~2019-01-29
        VStryker
        =0001~S3 MedSurg Bed (enabled with iBed Wireless)~3002 S3 | 3005 S3
        =0002~Secure II MedSurg Bed (enabled with iBed Wireless)~3002
        =0003~InTouch ICU Bed (enabled with Bed Wireless)~2131 and 2141
        C2017-13077~323~*~68~0/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N~f*
        @ICSMA-19-113-01~1~2019-04-23~2019-04-23
        VFujifilm
        =0001~FCR XC-2~CR-IR 357
        =0002~FCR Capsula X~CR-IR 357
        =0003~FCR Carbon X~CR-IR 357
        C2019-10948~400~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        C2019-10950~284~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-20-049-01~1~2020-02-18~2020-02-18
        VSpacelabs
        F1.2.1
        =0001~Windows Server 2003~vers:all/*
        =0002~Windows XP~vers:all/*
        =0003~Windows Server 2008~vers:all/*
        =0004~Xhibit Telemetry Receiver (XTR) Model number 96280~1.0.2
        =0005~Windows 2000~vers:all/*
        =0006~Windows 7~vers:all/*
        =0007~Windows Vista~vers:all/*
        =0008~Windows Server 2003 R2~vers:all/*
        =0009~Windows Server 2008 R2~vers:all/*
        =00010~Arkon (99999)~vers:all/*
        C2019-0708~20~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-20-170-02~3~2020-06-18~2020-07-14
        VBaxter
        F8.2x
        R0001~PrisMax~< 3.x
        =0002~PrismaFlex~vers:all/*
        C2020-12036~319~*~65~0/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N~f*
        C2020-12035~287~*~76~0/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:L~f*
        C2020-12037~259~*~54~0/AV:P/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:L~f*
        @ICSMA-20-170-03~2~2020-06-18~2020-06-23
        VBaxter
        =0001~Phoenix Hemodialysis Delivery System~3.36 | 3.40
        C2020-12048~319~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~f*
        @ICSMA-20-170-04~2~2020-06-18~2020-06-23
        VBaxter
        =0001~Baxter Spectrum~v8.x model 35700BAX2
        R0002~Sigma Spectrum LVP~v6.x (with Wireless Battery Modules v9 | v11 | v13 | v14 | v15 | v16 | v16D38 | v1\
        7 | v17D19 | >= v20D29 | <= v20D32 | >= v22D24 | <= v22D28)
        =0003~Sigma Spectrum~v6.x model 35700BAX
        R0004~Baxter Spectrum LVP~v8.x (with Wireless Battery Modules v17 | v17D19 | >= v20D29 | <= v20D32 | >= v22\
        D24 | <= v22D28)
        =0005~Baxter Spectrum~v9.x model 35700BAX3
        R0006~Baxter Spectrum LVP~v9.x (with Wireless Battery Module >= v22D19 | <= v22D28)
        C2020-12039~259~*~43~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        C2020-12040~319~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        C2020-12045~259~*~86~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H~f*
        C2020-12041~732~*~86~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H~f*
        C2020-12047~259~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        C2020-12043~672~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        @ICSMA-20-196-01~2~2020-07-14~2020-10-20
        VCapsule Technologies
        R0001~Capsule Technologies SmartLinx Neuron 2~<= 9.0.3
        C2019-5024~693~*~76~0/AV:P/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        @ICSMA-20-296-01~1~2020-10-22~2020-10-22
        VB. Braun Medical
        R0001~AP~<= 3.0
        C2020-25172~23~*~86~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:L~f*
        C2020-25174~427~*~84~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2020-25170~1236~*~69~0/AV:N/AC:L/PR:H/UI:R/S:C/C:L/I:H/A:N~f*
        @ICSMA-20-296-02~1~2020-10-22~2020-10-22
        VB. Braun Medical
        R0001~SpaceCom~<= U61 |<= L81
        R0002~Battery pack with Wi-Fi~<= U61 |<= L81
        =0003~Data module compactplus~A10 | A11
        C2020-25158~79~*~76~0/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:L~m* f*
        C2020-25154~601~*~54~0/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N~m* f*
        C2020-25162~643~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m* f*
        C2020-25152~384~*~65~0/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N~m* f*
        C2020-25164~759~*~51~0/AV:L/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m* f*
        C2020-25150~23~*~76~0/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:H/A:L~m* f*
        C2020-25166~347~*~68~0/AV:P/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:H~m* f*
        C2020-16238~269~*~67~0/AV:L/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2020-25168~798~*~33~0/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N~m* f*
        C2020-25156~489~*~72~0/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H~m* f*
        C2020-25160~284~*~68~0/AV:L/AC:L/PR:N/UI:N/S:C/C:L/I:L/A:L~m* f*
        @ICSMA-21-007-01~1~2021-01-07~2021-01-07
        VInnokas YhtymÃ¤ Oy
        R0001~VC150~< 1.7.15
        C2020-27262~79~*~46~0/AV:N/AC:L/PR:L/UI:R/S:U/C:L/I:L/A:N~f*
        C2020-27260~74~*~53~0/AV:P/AC:L/PR:N/UI:N/S:C/C:N/I:H/A:N~f*
        @ICSMA-21-047-01~1~2021-02-16~2021-02-16
        VHamilton Medical AG
        R0001~T1 Ventilator~<= 2.2.3
        C2020-27278~798~*~35~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N~f*
        C2020-27282~112~*~43~0/AV:P/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H~f*
        C2020-27290~200~*~21~0/AV:P/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N~f*
        @ICSMA-21-294-01~1~2021-10-21~2021-10-21
        VB. Braun Medical
        R0001~Battery Pack SP with Wi-Fi~<= L81
        R0002~Data module compactPlus~A10 < A11
        R0003~SpaceStation with SpaceCom 2~<= L81
        R0004~SpaceStation with SpaceCom 2~<= 012U000061
        R0005~Battery pack SP with WiFi~<= 028U000061
        C2021-33886~20~*~68~0/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N~f*
        C2021-33885~345~*~90~0/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2021-33882~306~*~68~0/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N~f*
        C2021-33883~319~*~59~0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N~f*
        C2021-33884~434~*~65~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N~f*
        @ICSMA-21-355-01~2~2021-12-21~2022-01-27
        VFresenius Kabi
        R0001~Agilia Connect WiFi module of the pumps~<= D25
        R0002~Agilia Partner maintenance software~<= 3.3.0
        R0003~Agilia Link+~<= 3.0 D15
        C2021-23236~400~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~m*
        C2021-31562~327~*~65~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N~m*
        C2021-41835~327~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~m*
        C2021-23196~522~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~m*
        C2021-23233~284~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~m*
        C2021-23207~256~*~65~0/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N~m*
        C2021-33843~552~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N~m*
        C2021-23195~548~*~53~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~m*
        C2021-33848~79~*~54~0/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N~m*
        C2021-44464~798~*~63~0/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L~m*
        C2021-33846~327~*~59~0/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:N~m*
        C2021-43355~603~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~m*
        C2020-35340~1104~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N~m*
        @ICSMA-22-167-01~1~2022-06-16~2022-06-16
        VHillrom and ELI, Baxter International Inc.
        R0001~Welch Allyn ELI 150c/BUR 150c/MLBUR 150c Resting Electrocardiograph~<= 2.2.0
        R0002~Welch Allyn ELI 250c/BUR 250c Resting Electrocardiograph~<= 2.1.2
        R0003~Welch Allyn ELI 280/BUR280/MLBUR 280 Resting Electrocardiograph~<= 2.3.1
        R0004~Welch Allyn ELI 380 Resting Electrocardiograph~<= 2.6.0
        C2022-26388~259~*~64~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:L~f*
        C2022-26389~284~*~77~0/AV:N/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:H~f*
        @ICSMA-22-244-01~1~2022-09-01~2022-09-01
        VContec Health
        =0001~CMS8000 CONTEC ICU CCU Vital Signs Patient Monitor~vers:all/*
        C2022-36385~284~*~68~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2022-38100~400~*~75~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        C2022-38069~798~*~43~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        C2022-38453~489~*~30~0/AV:L/AC:H/PR:H/UI:N/S:U/C:L/I:L/A:N~f*
        C2022-3027~284~*~57~0/AV:A/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H~f*
        @ICSMA-22-251-01~2~2022-09-08~2022-09-29
        VBaxter
        =0001~Baxter Spectrum IQ~9.x model 35700BAX3
        R0002~Baxter Spectrum IQ LVP~9.x (with Wireless Battery Modules >= 22D19 | <= v22D28)
        =0003~Sigma Spectrum~8.x model 35700BAX2
        =0004~Sigma Spectrum~6.x model 35700BAX
        R0005~Sigma Spectrum LVP~8.x (Wireless Battery Modules v17 | v17D19 >= 20D29 | <= 20D32 | >= 22D24 | <= 22D\
        28)
        R0006~Sigma Spectrum LVP~6.x (Wireless Battery Modules (16 | 16D38 | 17 | 17D19 | >= 20D29 | <= v20D32 | >=\
         22D24 | <= v22D28)
        C2022-26390~311~*~42~0/AV:P/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N~m* f*
        C2022-26392~134~*~31~0/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N~m* f*
        C2022-26393~134~*~50~0/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L~m* f*
        C2022-26394~306~*~75~0/AV:A/AC:H/PR:N/UI:N/S:C/C:L/I:H/A:L~m* f*
        @ICSMA-24-249-01~1~2024-09-05~2024-09-05
        VBaxter
        R0001~Baxter Connex Health Portal~<8/30/2024
        C2024-6795~89~*~100~1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~m*
        C2024-6796~284~*~82~1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:N~m*
        """
}

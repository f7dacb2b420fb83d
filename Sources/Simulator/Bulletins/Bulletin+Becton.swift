//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins, the facts: pumps, dispensers and laboratories of Becton Dickinson.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Bulletin {
    /// Facts of CISA's medical advisories (ICSMA), in the form that `Bulletin.read` takes.
    static let becton = """
        @ICSMA-17-017-01~2~2017-01-17~2017-02-07
        VBecton, Dickinson and Company (BD)
        =0001~Alaris 8000 PC unit~vers:all/*
        C2016-8375~522~*~49~0/AV:P/AC:H/PR:N/UI:N/S:C/C:H/I:N/A:N~m*
        @ICSMA-17-017-02~4~2017-01-17~2021-03-16
        VBecton, Dickinson and Company (BD)
        =0001~Alaris 8015 PC unit~9.7
        R0002~Alaris 8015 PC unit~<= 9.33
        R0003~Alaris 8015 PC unit~<= 9.5
        C2016-8375~522~*~49~0/AV:P/AC:H/PR:N/UI:N/S:C/C:H/I:N/A:N~f*
        C2016-9355~284~*~68~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-18-114-01~1~2018-04-24~2018-04-24
        VBecton, Dickinson and Company (BD)
        =0001~BD Pyxis Anesthesia ES~vers:all/*
        =0002~BD Pyxis Anesthesia System 4000~vers:all/*
        =0003~BD Pyxis Anesthesia System 3500~vers:all/*
        =0004~BD Pyxis MedStation 4000 T2~vers:all/*
        =0005~BD Pyxis MedStation ES~vers:all/*
        =0006~BD Pyxis SupplyStation~vers:all/*
        =0007~BD Pyxis SupplyRoller~vers:all/*
        =0008~BD Pyxis ParAssist System~vers:all/*
        =0009~BD Pyxis PARx~vers:all/*
        =00010~BD Pyxis CIISafe - Workstation~vers:all/*
        =00011~BD Pyxis StockStation System~vers:all/*
        =00012~BD Pyxis Parx handheld~vers:all/*
        C2017-13077~323~*~68~0/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N~f*
        @ICSMA-18-142-01~2~2018-05-22~2018-10-11
        VBecton, Dickinson and Company (BD)
        =0001~Database (DB) Manager~3.0.1.0
        R0002~BD Kiestra TLA WCA InoqulA+ speciman processor - PerformA~<=3.0.0.0
        =0003~BD Kiestra TLA WCA InoqulA+ speciman processor - Database (DB) Manager~3.0.1.0
        R0004~BD Kiestra TLA WCA InoqulA+ speciman processor - ReadA Overview~<=1.1.0.2
        R0005~PerformA~<=3.0.0.0
        R0006~ReadA Overview~<=1.1.0.2
        C2018-10593~356~*~56~0/AV:A/AC:H/PR:H/UI:R/S:U/C:N/I:H/A:H~f*
        C2018-10595~356~*~63~0/AV:A/AC:H/PR:H/UI:R/S:U/C:H/I:H/A:H~f*
        @ICSMA-19-164-01~1~2019-06-13~2019-06-13
        VBecton, Dickinson and Company (BD)
        =0001~Alaris Gateway Workstation Alaris GS~2.3.6 and  below
        =0002~Alaris Gateway Workstation~1.1.6
        =0003~Alaris Gateway Workstation~1.1.5
        =0004~Alaris Gateway Workstation Alaris GH~2.3.6 and  below
        =0005~Alaris Gateway Workstation Alaris CC~2.3.6 and  below
        =0006~Alaris Gateway Workstation~1.3.1 Build 13
        =0007~Alaris Gateway Workstation~1.1.3 MR Build 11
        =0008~Alaris Gateway Workstation Alaris TIVA~2.3.6 and  below
        =0009~Alaris Gateway Workstation~1.0.13
        =00010~Alaris Gateway Workstation~1.3.0 Build 14
        =00011~Alaris Gateway Workstation~1.1.3 Build 10
        C2019-10962~284~*~73~0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L~f*
        C2019-10959~434~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:H/A:H~f*
        @ICSMA-19-248-01~2~2019-09-05~2019-10-08
        VBecton, Dickinson and Company (BD)
        R0001~Pyxis ES~>= 1.3.4 | < 1.5.3
        R0002~Pyxis Enterprise Server with Windows Server~>= 4.4 | <= 4.12
        C2019-13517~384~*~76~0/AV:A/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:L~f*
        @ICSMA-20-091-01~1~2020-03-31~2020-03-31
        VBecton, Dickinson and Company (BD)
        =0001~Pyxis Anesthesia (PAS) ES System~1.6.1
        =0002~Pyxis MedStation ES System~1.6.1
        C2020-10598~693~*~68~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        @ICSMA-20-317-01~1~2020-11-12~2020-11-12
        VBecton, Dickinson and Company (BD)
        R0001~Alaris PC Unit Model 8015~<= 9.33.1
        R0002~Alaris Systems Manager~<= 4.33
        C2020-25165~287~*~65~0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:L~f*
        @ICSMA-22-062-02~1~2022-03-03~2022-03-03
        VBecton, Dickinson and Company (BD)
        R0001~BD Viper LT system~>= 2.0
        C2022-22765~798~*~80~0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:L~f*
        @ICSMA-22-151-02~1~2022-05-31~2022-05-31
        VBecton, Dickinson and Company (BD)
        =0001~BD Synapsys~4.20 | 4.20 SR1 | 4.30
        C2022-30277~613~*~57~0/AV:P/AC:L/PR:L/UI:R/S:U/C:H/I:H/A:N~f*
        @ICSMA-22-277-01~1~2022-10-04~2022-10-04
        VBecton, Dickinson and Company (BD)
        R0001~BD Totalys MultiProcessor~<= 1.70
        C2022-40263~798~*~66~0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:L~f*
        @ICSMA-22-335-01~1~2022-12-01~2022-12-01
        VBecton, Dickinson and Company (BD)
        =0001~BodyGuard Pumps~vers:all/*
        =0002~CME BodyGuard 323~2nd Edition
        =0003~CME BodyGuard 323 Color Vision~2nd Edition
        =0004~CME BodyGuard 323 Color Vision~3rd Edition
        =0005~CME BodyGuard Twins~2nd Edition
        C2022-43557~1299~*~53~0/AV:P/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:H~f*
        @ICSMA-23-047-01~2~2023-02-16~2023-02-27
        VBecton, Dickinson and Company (BD)
        R0001~Alaris Infusion Central software~>= 1.1 | <= 1.3.2
        C2022-47376~257~*~73~1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:L~m* f*
        @ICSMA-23-194-01~2~2023-07-13~2023-10-26
        VBecton, Dickinson and Company (BD)
        R0001~BD Alaris Point-of-Care Unit (PCU) Model 8015~<=12.1.3
        R0002~BD Alaris Guardrails Editor~<=12.1.2
        =0006~BD Alaris Guardrails Editor~12.1.3
        R0003~BD Alaris Systems Manager~<=12.3
        R0004~CQI Reporter~<=10.17
        R0005~Calculation Services~<=1.0
        C2023-30559~20~1,2,4,5,6~52~0/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:H~m1,2,4,5,6
        C2023-30560~287~1,2,4,5,6~68~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~m1,2,4,5,6
        C2023-30561~311~1,2,4,5,6~61~0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H~m1,2,4,5,6
        C2023-30562~345~*~67~0/AV:A/AC:L/PR:L/UI:R/S:U/C:N/I:H/A:H~m* f4,6
        C2023-30563~79~1,2,4,5,6~82~0/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:L/A:N~m1,2,4,5,6 f4,6
        C2023-30564~79~1,2,4,5,6~69~0/AV:A/AC:L/PR:L/UI:R/S:C/C:H/I:L/A:N~m1,2,4,5,6 f4,6
        C2023-30565~319~1,2,4,5,6~35~0/AV:A/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N~m1,2,4,5,6 f4,5,6
        C2018-1285~611~1,2,4,5,6~30~0/AV:L/AC:H/PR:H/UI:N/S:U/C:N/I:L/A:L~m1,2,4,5,6 f4,6
        @ICSMA-23-331-01~1~2023-11-28~2023-11-28
        VBecton, Dickinson and Company (BD)
        R0001~BD FACSChorus (HP Z2 G9 workstation, shipped with FACSDiscover S8 Cell Sorter)~5.0|5.1
        R0002~BD FACSChorus (HP Z2 G5 workstation, shipped with FACSMelody Cell Sorter)~3.0|3.1
        C2023-29060~1299~*~54~1/AV:P/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H~m*
        C2023-29061~306~*~52~1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:H~m*
        C2023-29062~287~*~38~1/AV:A/AC:L/PR:N/UI:R/S:C/C:L/I:N/A:N~m*
        C2023-29063~1299~*~24~1/AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N~m*
        C2023-29064~798~*~41~1/AV:P/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L~m*
        C2023-29065~277~*~41~1/AV:P/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L~m*
        C2023-29066~266~*~32~1/AV:P/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:L~m*
        """
}

//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins, the facts: monitors and imaging of GE.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Bulletin {
    /// Facts of CISA's medical advisories (ICSMA), in the form that `Bulletin.read` takes.
    static let generalElectric = """
        @ICSMA-20-023-01~1~2020-01-23~2020-01-23
        VGeneral Electric (GE)
        =0001~B450~2.X
        =0002~B850~2.X
        =0003~B650~1.X
        =0004~CARESCAPE Central Station (CSCS)~2.X
        R0005~ApexPro Telemetry Server~<= 4.2
        =0006~CARESCAPE Telemetry Server~4.3
        =0007~CARESCAPE Central Station (CSCS)~1.X
        =0008~B850~1.X
        R0009~CARESCAPE Telemetry Server~<= 4.2
        =00010~B650~2.X
        =00011~Clinical Information Center (CIC)~4.X | 5.X
        C2020-6961~256~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2020-6962~20~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2020-6963~798~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2020-6964~306~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        C2020-6965~434~*~85~0/AV:N/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H~f*
        C2020-6966~326~*~100~0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H~f*
        @ICSMA-20-343-01~1~2020-12-08~2020-12-08
        VGE Healthcare
        =0001~3.0T Signa Hdxt~HD 16 | HD23
        =0002~3.0T Signa HDXx~HD 16 | HD23
        =0003~1.5T Brivo MR355~SV20.1 | SV23.0
        =0004~Optima MR360~SV20.1 | SV23.0
        =0005~1.5T Signa Hdx~HD 16 | HD23
        =0006~1.5T Signa Hdx~HD 16 | HD23
        =0007~Signa Hdi~HD 16 | HD23
        =0008~Signa VIBRANT~HD 16 | HD23
        =0009~LOGIQ 5~BT03
        =00010~LOGIQ 7~BT03 | BT04 | BT06
        =00011~LOGIQ 9~BT02 | BT03 | BT04 | BT06
        =00012~Vivid I~BT06
        R00013~Vivid 7~>=BT02 | <= BT06
        =00014~EchoPAC (Turnkey)~BT06
        =00015~Image Vault (Turnkey)~4.3
        =00016~Voluson 730~BT05 | BT08
        R00017~AW~>= 4.0 | <= 4.6
        R00018~AWS~>= 2.0 | <= 3.0
        =00019~Innova 2000~vers:all/*
        =00020~Innova 3100~vers:all/*
        =00021~Innova 4100~vers:all/*
        =00022~Innova 2100-IQ~vers:all/*
        =00023~Innova 3100-IQ~vers:all/*
        =00024~Innova 4100-IQ~vers:all/*
        =00025~Innova 212-IQ~vers:all/*
        =00026~Innova 313-IQ~vers:all/*
        =00027~Optima 320~vers:all/*
        =00028~Optima CL320i~vers:all/*
        =00029~Optima CL323i~vers:all/*
        =00030~Optima CL320~vers:all/*
        =00031~Optima 3100~vers:all/*
        =00032~Optima IGS 320~vers:all/*
        =00033~Optima IGS 330~vers:all/*
        =00034~Innova IGS 5x0~vers:all/*
        =00035~Innova IGS 6x0~vers:all/*
        =00036~Innova IGS 7x0~vers:all/*
        =00037~Brivo XR118~vers:all/*
        =00038~Brivo XR383~vers:all/*
        =00039~Brivo XR515~vers:all/*
        =00040~Brivo XR575~vers:all/*
        =00041~Definium 5000~vers:all/*
        =00042~Definium 6000~vers:all/*
        =00043~Definium 8000~vers:all/*
        =00044~AMX 700~vers:all/*
        =00045~Discovery Xr650~vers:all/*
        =00046~Discovery XR656~vers:all/*
        =00047~Discovery XR656+~vers:all/*
        =00048~Optima XR640~vers:all/*
        =00049~Optima XR646~vers:all/*
        =00050~Optima XR220amx~vers:all/*
        =00051~Optima XR200amx~vers:all/*
        =00052~Precision 500D~vers:all/*
        =00053~Precision WDR1~vers:all/*
        =00054~Seno 200D~vers:all/*
        =00055~Seno DS~vers:all/*
        =00056~Essential~vers:all/*
        =00057~Senographe Pristina~vers:all/*
        =00058~BrightSpeed Elite~vers:all/*
        =00059~BrightSpeed Elite Select~vers:all/*
        =00060~BrightSpeed Edge~vers:all/*
        =00061~BrightSpeed Edge Select~vers:all/*
        =00062~Brivo CT385~vers:all/*
        =00063~Discovery CT590RT~vers:all/*
        =00064~Discovery CT750HD~vers:all/*
        =00065~LightSpeed VCT~vers:all/*
        =00066~LightSpeed Pro16~vers:all/*
        =00067~LightSpeed RT16~vers:all/*
        =00068~Optima Advance~vers:all/*
        =00069~Optima CT520~vers:all/*
        =00070~Optima CT540~vers:all/*
        =00071~Optima CT660~vers:all/*
        =00072~Optima CT580~vers:all/*
        =00073~Optima CT580RT~vers:all/*
        =00074~Optima CT580W~vers:all/*
        =00075~Optima CT670~vers:all/*
        =00076~Optima CT680 Quantum~vers:all/*
        =00077~Optima CT680 Expert~vers:all/*
        =00078~Optima CT680 Professional~vers:all/*
        =00079~Revolution EVO~vers:all/*
        =00080~Revolution HD~vers:all/*
        =00081~Revolution HACT~vers:all/*
        =00082~Revolution ACTs~vers:all/*
        =00083~Revolution CT~vers:all/*
        =00084~Revolution Discover CT~vers:all/*
        =00085~Revolution Frontier~vers:all/*
        =00086~Revolution Frontier ES~vers:all/*
        =00087~Brivio NM 615~vers:all/*
        =00088~Discovery NM 630~vers:all/*
        =00089~Discovery NM 750b~vers:all/*
        =00090~Discovery NM D530c~vers:all/*
        =00091~Discovery NM/CT D570c~vers:all/*
        =00092~Discovery NM/CT 670~vers:all/*
        =00093~Infinia~vers:all/*
        =00094~Discovery NM830~vers:all/*
        =00095~Discovery NM/CT 860~vers:all/*
        =00096~Discovery NM/CT 850~vers:all/*
        =00097~Discovery NM/CT 870~vers:all/*
        =00098~Discovery MI MI DR~vers:all/*
        =00099~Discovery IQ~vers:all/*
        =000100~Optima NM/CT640~vers:all/*
        =000101~Ventri~vers:all/*
        =000102~Xeleris~vers:all/*
        =000103~PET Discovery IQ~vers:all/*
        =000104~PET Discovery IQ upgrade~vers:all/*
        =000105~PETrace 800~vers:all/*
        =000106~GE Imaging and Ultrasound Products~vers:all/*
        =000107~Alaris PC Unit~vers:all/*
        C2020-25175~523~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        C2020-25179~497~*~98~0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        """
}

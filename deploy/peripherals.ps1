#Requires -Version 5.1
# Wardlight · agent for Windows
#
# Reports what hangs on this computer by USB: one line for `wardlight inventory --peripherals` (docs/peripherals.md).
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File peripherals.ps1 -Output C:\ProgramData\wardlight\reports.jsonl
#   pwsh -NoProfile -File peripherals.ps1                      # to standard output
#
# Every ten minutes, also when nobody is logged in (as administrator, once):
#   schtasks /Create /TN Wardlight /SC MINUTE /MO 10 /RU "LOCAL SERVICE" /TR "powershell -NoProfile -ExecutionPolicy Bypass -File C:\ProgramData\wardlight\peripherals.ps1 -Output C:\ProgramData\wardlight\reports.jsonl"
#
# It reads Windows' device tree (CIM and the PnpDevice module, Windows 8 and later). No device is opened, no key that is
# pressed can be seen, nothing is sent, and no rights of an administrator are needed.
#
# UNTESTED: this file has never been run; no Windows and no PowerShell was at hand. Written from Microsoft's documentation of
# Win32_PnPEntity, Get-PnpDeviceProperty and the identifiers of USB devices. The line format itself is tested with Wardlight.
# Before you roll it out: run it once, and give the line to `wardlight inventory --peripherals -`; a line that does not fit is
# refused with its cure. Windows does not tell the maker's own text (iManufacturer) without opening the hub, so `maker` is
# absent, and the rule that compares it with the number stays silent.
#
# SPDX-License-Identifier: Apache-2.0
param(
    # A file to which the line is appended; standard output when left out.
    [string]$Output = ''
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Bounds of the format.
$mostPeripherals = 256
$mostInterfaces = 32
$mostCards = 16
$mostText = 120

function Get-Property([string]$Id, [string]$Key) {
    $property = Get-PnpDeviceProperty -InstanceId $Id -KeyName $Key -ErrorAction SilentlyContinue
    if ($null -eq $property -or $property.Type -eq 'Empty') { return $null }
    return $property.Data
}

function Limit-Text([string]$Text) {
    if ([string]::IsNullOrWhiteSpace($Text)) { return $null }
    $clean = ($Text -replace '[\x00-\x1f\x7f]', ' ').Trim()
    if ($clean.Length -gt $mostText) { $clean = $clean.Substring(0, $mostText) }
    return $clean
}

# Cards that are built in: one on USB goes with its dock.
$cards = @(Get-CimInstance -ClassName Win32_NetworkAdapter |
    Where-Object { $_.PhysicalAdapter -and $_.MACAddress -and $_.PNPDeviceID -notlike 'USB\*' } |
    ForEach-Object { $_.MACAddress.ToLowerInvariant() } | Sort-Object -Unique | Select-Object -First $mostCards)
if ($cards.Count -eq 0) { throw 'No network card with an address of its own: the report would belong to nobody.' }

$present = @(Get-CimInstance -ClassName Win32_PnPEntity | Where-Object { $_.Present })
$byId = @{}
foreach ($entity in $present) { $byId[$entity.PNPDeviceID.ToUpperInvariant()] = $entity }

# USB devices themselves: neither root hubs nor the interfaces (MI_00) of composite ones.
$devices = @($present | Where-Object { $_.PNPDeviceID -match '^USB\\VID_[0-9A-F]{4}&PID_[0-9A-F]{4}\\' } |
    Sort-Object -Property PNPDeviceID | Select-Object -First $mostPeripherals)

# What stands below each of them, by walking up from every entity to the first USB device above it.
$below = @{}
foreach ($device in $devices) { $below[$device.PNPDeviceID.ToUpperInvariant()] = [System.Collections.Generic.List[object]]::new() }
$wanted = 'USB', 'HIDClass', 'Keyboard', 'Mouse', 'Net', 'DiskDrive', 'CDROM', 'WPD', 'Volume', 'MEDIA', 'SmartCardReader'
foreach ($entity in $present) {
    if ($entity.PNPClass -notin $wanted -and $entity.PNPDeviceID -notlike 'USB\*') { continue }
    $id = $entity.PNPDeviceID.ToUpperInvariant()
    if ($below.ContainsKey($id)) { continue }
    $above = $id
    for ($step = 0; $step -lt 8; $step++) {
        $above = Get-Property $above 'DEVPKEY_Device_Parent'
        if ([string]::IsNullOrEmpty($above)) { break }
        $above = $above.ToUpperInvariant()
        if ($below.ContainsKey($above)) { $below[$above].Add($entity); break }
    }
}

function Get-Interface($Entity) {
    foreach ($compatible in @($Entity.CompatibleID)) {
        if ($compatible -match 'USB\\Class_([0-9A-Fa-f]{2})&SubClass_([0-9A-Fa-f]{2})&Prot_([0-9A-Fa-f]{2})') {
            return ($Matches[1] + $Matches[2] + $Matches[3]).ToLowerInvariant()
        }
    }
    return $null
}

$roots = @{}
$peripherals = @(foreach ($device in $devices) {
    $id = $device.PNPDeviceID
    if ($id -notmatch '^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})\\(.+)$') { continue }
    $vendor, $product, $instance = $Matches[1], $Matches[2], $Matches[3]

    # PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USB(2) is port 2 of a hub in port 4: `1-4.2`.
    $path = "0-$instance"
    $location = @(Get-Property $id 'DEVPKEY_Device_LocationPaths') | Where-Object { $_ -like '*USBROOT*' } | Select-Object -First 1
    if ($location -and $location -match '^(.*USBROOT\(\d+\))((?:#USB\(\d+\))+)') {
        $root, $ports = $Matches[1], $Matches[2]
        if (-not $roots.ContainsKey($root)) { $roots[$root] = $roots.Count + 1 }
        $numbers = @([regex]::Matches($ports, '\d+') | ForEach-Object { $_.Value })
        $path = "$($roots[$root])-$($numbers -join '.')"
    }

    $kin = @($below[$id.ToUpperInvariant()])
    $parts = @($device) + @($kin | Where-Object { $_.PNPDeviceID -match '^USB\\VID_.*&MI_[0-9A-F]{2}' })
    $interfaces = @($parts | ForEach-Object { Get-Interface $_ } | Where-Object { $_ } | Select-Object -First $mostInterfaces)
    $classes = @(@($device) + $kin | ForEach-Object { $_.PNPClass })
    $uses = @(
        if ($classes -contains 'Keyboard') { 'keyboard' }
        if ($classes -contains 'Mouse') { 'mouse' }
        if ($classes -contains 'Net') { 'network' }
        if ($classes -contains 'DiskDrive' -or $classes -contains 'CDROM') { 'storage' }
    )

    $line = [ordered]@{ path = $path; vendor = $vendor.ToLowerInvariant(); product = $product.ToLowerInvariant() }
    foreach ($hardware in @($device.HardwareID)) {
        if ($hardware -match '&REV_([0-9A-Fa-f]{4})') { $line.release = $Matches[1].ToLowerInvariant(); break }
    }
    $name = Limit-Text ([string](Get-Property $id 'DEVPKEY_Device_BusReportedDeviceDesc'))
    if ($name) { $line.name = $name }
    # Where a device has no serial number, Windows makes up an identifier with `&` in it.
    if ($instance -notmatch '&') { $line.serial = Limit-Text $instance }
    $line.class = '00'
    foreach ($compatible in @($device.CompatibleID)) {
        if ($compatible -match 'USB\\DevClass_([0-9A-Fa-f]{2})') { $line.class = $Matches[1].ToLowerInvariant(); break }
    }
    $line.interfaces = $interfaces
    $driver = Limit-Text ([string]$device.Service)
    if ($driver) { $line.driver = $driver }
    if ($uses.Count -gt 0) { $line.uses = $uses }
    [pscustomobject]$line
})

$report = [ordered]@{
    wardlight   = 'peripherals/1'
    time        = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    host        = $env:COMPUTERNAME
    mac         = $cards
    peripherals = $peripherals
}
$text = ConvertTo-Json -InputObject $report -Compress -Depth 5
if ($Output) {
    [System.IO.File]::AppendAllText($Output, $text + "`n", [System.Text.UTF8Encoding]::new($false))
} else {
    Write-Output $text
}

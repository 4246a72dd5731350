/// Labels that pages and servers write, and the encoding each stands for (WHATWG Encoding Standard, section 4.2).
enum EncodingName {
    static func canonical(_ label: String) -> String? {
        var key = ""
        for scalar in label.unicodeScalars where scalar.isASCII && !" \t\n\r\u{0C}\"';".unicodeScalars.contains(scalar)
        {
            key.unicodeScalars.append(("A"..."Z").contains(scalar) ? UnicodeScalar(UInt8(scalar.value + 32)) : scalar)
        }
        return names[key]
    }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for word in words { names[word] = words[0] }
        }
        return names
    }()

    // An encoding, then its other labels. latin1 and ascii mean windows-1252, as browsers read them.
    private static let table = """
        utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig utf_8
        windows-1256 cp1256 x-cp1256 cp-1256 win-1256 windows1256 arabic-windows
        iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6
        windows-1252 cp1252 x-cp1252 ansi_x3.4-1968 ascii us-ascii cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 win-1252
        windows-1250 cp1250 x-cp1250 win-1250
        windows-1251 cp1251 x-cp1251 win-1251
        windows-1253 cp1253 x-cp1253
        windows-1254 cp1254 x-cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5
        windows-1255 cp1255 x-cp1255
        windows-1257 cp1257 x-cp1257
        windows-1258 cp1258 x-cp1258
        windows-874 dos-874 iso-8859-11 iso8859-11 tis-620
        iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2
        iso-8859-3 csisolatin3 iso8859-3 l3 latin3
        iso-8859-4 csisolatin4 iso8859-4 l4 latin4
        iso-8859-5 csisolatincyrillic cyrillic iso8859-5
        iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso8859-7 sun_eu_greek
        iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso8859-8 visual
        iso-8859-8-i csiso88598i logical
        iso-8859-10 csisolatin6 iso8859-10 l6 latin6
        iso-8859-13 iso8859-13
        iso-8859-14 iso8859-14
        iso-8859-15 csisolatin9 iso8859-15 l9 latin9
        iso-8859-16
        koi8-r cskoi8r koi koi8 koi8_r
        koi8-u koi8-ru
        macintosh csmacintosh mac x-mac-roman
        x-mac-cyrillic x-mac-ukrainian
        ibm866 866 cp866 csibm866
        gb18030 gbk gb2312 chinese csgb2312 csiso58gb231280 gb_2312 gb_2312-80 iso-ir-58 x-gbk cp936 windows-936
        big5 big5-hkscs cn-big5 csbig5 x-x-big5
        euc-jp cseucpkdfmtjapanese x-euc-jp
        iso-2022-jp csiso2022jp
        shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
        euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ksc5601 ksc_5601 windows-949 uhc cp949
        utf-16le utf-16 ucs-2 unicode iso-10646-ucs-2 csunicode unicodefeff
        utf-16be unicodefffe
        """
}

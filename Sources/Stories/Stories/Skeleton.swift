import ExtractionCore

/// The letters of a skeleton, at most 16, without a place of their own in memory.
struct Sounds: Hashable, Sendable, Sequence {
    private var letters = SIMD16<UInt8>()
    private(set) var count = 0

    static let most = 16

    var isEmpty: Bool { count == 0 }
    var last: UInt8? { count > 0 ? letters[count - 1] : nil }

    subscript(index: Int) -> UInt8 {
        get { letters[index] }
        set { letters[index] = newValue }
    }

    /// A letter for which there is no room is left out.
    mutating func append(_ letter: UInt8) {
        guard count < Sounds.most else { return }
        letters[count] = letter
        count += 1
    }

    mutating func removeLast() {
        count -= 1
        letters[count] = 0
    }

    func makeIterator() -> Iterator { Iterator(sounds: self) }

    struct Iterator: IteratorProtocol {
        fileprivate let sounds: Sounds
        private var index = 0

        fileprivate init(sounds: Sounds) { self.sounds = sounds }

        mutating func next() -> UInt8? {
            guard index < sounds.count else { return nil }
            defer { index += 1 }
            return sounds.letters[index]
        }
    }
}

/// The consonants of a name's Latin form, by sound: what is left of a name in every script and spelling.
enum Skeleton {
    static func of(_ word: some Sequence<UInt8>) -> Sounds {
        var out = Sounds()
        var before: UInt8 = 0
        var isFirst = true
        var lead: UInt8 = 0
        for byte in word where out.count < Sounds.most {
            if byte < 0x80, (byte | 0x20) &- 0x61 < 26 {
                add(byte | 0x20, after: before, to: &out)
                before = byte | 0x20
            } else if byte & 0xC0 == 0x80, lead & 0xE0 == 0xC0 {
                // Every letter known here has two bytes.
                for letter in latin(UInt32(lead & 0x1F) << 6 | UInt32(byte & 0x3F), isFirst: isFirst) {
                    add(letter, after: before, to: &out)
                    before = letter
                }
            }
            isFirst = isFirst && byte & 0xC0 == 0xC0
            lead = byte
        }
        // A last w is a vowel.
        if before == UInt8(ascii: "w"), out.last == UInt8(ascii: "f") { out.removeLast() }
        return out
    }

    /// Appends the sound of a small Latin letter; equal sounds that meet are one.
    private static func add(_ letter: UInt8, after before: UInt8, to out: inout Sounds) {
        let sound: UInt8
        switch letter {
        case UInt8(ascii: "b"), UInt8(ascii: "p"): sound = UInt8(ascii: "b")
        case UInt8(ascii: "c"), UInt8(ascii: "k"), UInt8(ascii: "q"): sound = UInt8(ascii: "k")
        case UInt8(ascii: "g"):
            // "ng" is one sound.
            if before == UInt8(ascii: "n") { return }
            sound = UInt8(ascii: "k")
        case UInt8(ascii: "x"):
            if out.last != UInt8(ascii: "k") { out.append(UInt8(ascii: "k")) }
            sound = UInt8(ascii: "s")
        case UInt8(ascii: "s"), UInt8(ascii: "z"): sound = UInt8(ascii: "s")
        case UInt8(ascii: "f"), UInt8(ascii: "v"), UInt8(ascii: "w"): sound = UInt8(ascii: "f")
        case UInt8(ascii: "h"):
            // "ph" is f, "ch" and "sh" hiss, any other is silent.
            if before == UInt8(ascii: "p"), !out.isEmpty { out[out.count - 1] = UInt8(ascii: "f") }
            if before == UInt8(ascii: "c"), !out.isEmpty { out[out.count - 1] = UInt8(ascii: "s") }
            fold(&out)
            return
        case UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "y"):
            // A c before them hisses.
            if before == UInt8(ascii: "c"), !out.isEmpty { out[out.count - 1] = UInt8(ascii: "s") }
            fold(&out)
            return
        case UInt8(ascii: "d"), UInt8(ascii: "j"), UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            sound = letter
        default:
            return
        }
        // A w before a consonant is a vowel.
        if before == UInt8(ascii: "w"), out.last == UInt8(ascii: "f") { out.removeLast() }
        if out.last != sound { out.append(sound) }
    }

    private static func fold(_ out: inout Sounds) {
        if out.count >= 2, out[out.count - 1] == out[out.count - 2] { out.removeLast() }
    }

    /// A letter as small Latin ones, without accents.
    private static func latin(_ scalar: UInt32, isFirst: Bool) -> [UInt8] {
        switch scalar {
        case 0xC0...0x17F: return accented[scalar] ?? []
        case 0x400...0x45F, 0x490, 0x491: return cyrillic[scalar] ?? []
        case 0x5D0...0x5EA, 0x620...0x6FF: return semitic(scalar, isFirst: isFirst)
        default: return []
        }
    }

    private static func semitic(_ scalar: UInt32, isFirst: Bool) -> [UInt8] {
        // Waw and vav are v or w where they open a name, else vowels.
        if scalar == 0x648 || scalar == 0x5D5 { return isFirst ? [UInt8(ascii: "v")] : [] }
        return consonants[scalar] ?? []
    }

    /// The article, "and", "in", "to" that Arabic and Hebrew write as part of the word.
    static func withoutPrefix(_ word: ArraySlice<UInt8>) -> [UInt8] {
        let scalars = Array(String(decoding: word, as: UTF8.self).unicodeScalars)
        var start = 0
        let isArabic = scalars.first.map { $0.value >= 0x600 } ?? false
        let particles: Set<UInt32> = isArabic ? [0x648, 0x628, 0x644, 0x641, 0x643] : [0x5D5, 0x5D1, 0x5DC, 0x5D4]
        func isArticle(_ index: Int) -> Bool {
            isArabic && index + 1 < scalars.count && scalars[index].value == 0x627 && scalars[index + 1].value == 0x644
        }
        if scalars.count >= 6, particles.contains(scalars[0].value), !isArabic || isArticle(1) { start = 1 }
        if isArticle(start), scalars.count - start >= 5 { start += 2 }
        var rest = String.UnicodeScalarView()
        rest.append(contentsOf: scalars[start...])
        return Array(String(rest).utf8)
    }

    /// A Russian or Ukrainian name without the ending of its case.
    static func withoutEnding(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard word.count >= 10, word.first == 0xD0 || word.first == 0xD1 else { return word }
        for ending in endings where word.count - ending.count >= 6 && word.suffix(ending.count).elementsEqual(ending) {
            return word.dropLast(ending.count)
        }
        return word
    }

    private static let endings = [
        "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ым", "им", "ом", "ем", "ой", "ей", "ах", "ях", "ам",
        "ям",
    ]
    .map { Array($0.utf8) }

    private static func table(_ pairs: String) -> [UInt32: [UInt8]] {
        var found: [UInt32: [UInt8]] = [:]
        for pair in pairs.split(separator: " ") {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            for letter in parts[0].unicodeScalars { found[letter.value] = Array(parts[1].utf8) }
        }
        return found
    }

    private static let accented = table(
        "ÀÁÂÃÄÅàáâãäåĀāĂăĄą=a ÈÉÊËèéêëĒēĔĕĖėĘęĚě=e ÌÍÎÏìíîïĪīĮįİı=i ÒÓÔÕÖØòóôõöøŌōŐő=o ÙÚÛÜùúûüŪūŮůŰűŲų=u Ýýÿ=y"
            + " ÇçĆćČčĊċ=ch Ññ=n ŃńŇňŅņ=n ĎďĐđÐð=d ĞğĢģĠġ=g ŁłĻļĽľ=l ŘřŔŕ=r ŚśŠšŞşȘș=s ß=s ŤťŢţȚț=t ŹźŻżŽž=z Þþ=t Œœ=o Ææ=a"
    )

    private static let cyrillic = table(
        "АаЯя=a Бб=b Вв=v ГгҐґ=g Дд=d ЕеЁёЭэЄє=e Жж=z Зз=z ИиІіЇїЫы=i Йй=y Кк=k Лл=l Мм=m Нн=n Оо=o Пп=p Рр=r Сс=s Тт=t"
            + " УуЮю=u Фф=f Хх=kh Цц=ts Чч=ch Шш=sh Щщ=sh Ћћ=ch Ђђ=d Јј=y Љљ=l Њњ=n Џџ=j Ўў=u")

    private static let consonants = table(
        "بپ=b تثطةט=t جچ=j خ=kh دضذד=d رר=r زسشصظزشץצסשז=s غگقكکקגכך=k فڤ=f فףפ=f لל=l مםמ=m نןנ=n בּב=b ת=t ח=kh")

    /// Countries, capitals and titles, that say too little of what a report is about.
    static let wellKnown = HashSet(names.split { $0 == " " || $0 == "\n" }.map { hash(of: Skeleton.of($0.utf8)) })

    static func hash(of skeleton: Sounds) -> UInt64 { NormalWord.hash(skeleton) }

    /// A name of two words.
    static func hash(of left: Sounds, _ right: Sounds) -> UInt64 {
        var letters: [UInt8] = []
        letters.reserveCapacity(2 * Sounds.most + 1)
        letters += left
        letters.append(0x20)
        letters += right
        return NormalWord.hash(letters)
    }

    private static let names = """
        Afghanistan Kabul Albania Tirana Algeria Algiers Argentina Buenos Aires Armenia Yerevan Australia Canberra Sydney Austria
        Vienna Wien Azerbaijan Baku Bahrain Manama Bangladesh Dhaka Belarus Minsk Belgium Belgique Bruselas Brussels Bolivia Bosnia
        Sarajevo Brazil Brasil Brasilia Bulgaria Sofia Cambodia Cameroon Canada Ottawa Chile Santiago China Beijing Pekin Colombia
        Bogota Congo Kinshasa Croatia Zagreb Cuba Havana Cyprus Nicosia Czech Prague Praha Denmark Copenhagen Ecuador Quito Egypt
        Egipto Cairo Kahira Estonia Tallinn Ethiopia Addis Ababa Europe Europa Finland Helsinki France Frankreich Paris Georgia
        Tbilisi Germany Deutschland Alemania Allemagne Berlin Ghana Accra Greece Grecia Athens Atenas Athen Guatemala Haiti Honduras
        Hungary Budapest Iceland India Delhi Indonesia Jakarta Iran Teheran Tehran Iraq Baghdad Ireland Dublin Israel Jerusalem
        Italy Italia Italien Rome Roma Rom Japan Tokyo Jordan Amman Kazakhstan Astana Kenya Nairobi Korea Seoul Pyongyang Kuwait
        Kyrgyzstan Bishkek Laos Latvia Riga Lebanon Liban Beirut Libya Tripoli Lithuania Vilnius Luxembourg Malaysia Kuala Lumpur
        Mali Malta Mexico Moldova Mongolia Morocco Maroc Marruecos Rabat Myanmar Namibia Nepal Kathmandu Netherlands Amsterdam Hague
        Zealand Wellington Nicaragua Niger Nigeria Abuja Norway Oslo Oman Pakistan Islamabad Palestine Gaza Panama Paraguay Peru
        Lima Philippines Manila Poland Polonia Pologne Polska Warsaw Varsovia Warschau Portugal Lisbon Lisboa Qatar Doha Romania
        Bucharest Russia Rusia Russie Russland Rossiya Moscow Moskau Moskva Rwanda Saudi Arabia Riyadh Senegal Dakar Serbia Belgrade
        Singapore Slovakia Bratislava Slovenia Ljubljana Somalia Mogadishu Spain Spanien Espana Espagne Madrid Sudan Khartoum Sweden
        Suecia Stockholm Switzerland Suiza Suisse Schweiz Bern Syria Siria Syrie Syrien Damascus Damasco Damas Taiwan Taipei Tajikistan
        Tanzania Thailand Bangkok Tunisia Tunis Turkey Turquie Turquia Ankara Istanbul Turkmenistan Uganda Kampala Ukraine Ucrania
        Kyiv Kiev England London Londres Londra Britain United Kingdom States America American Washington York Unidos Estados Unis
        Uruguay Uzbekistan Tashkent Venezuela Caracas Vietnam Hanoi Yemen Sanaa Zambia Zimbabwe Harare Africa Asia
        President Minister Ministry Presidente Ministro Ministre Präsident Polizei Police Policia Monday Tuesday Wednesday Thursday
        Friday Saturday Sunday Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag January February March April June July
        August September October November December Januar Februar März Juni Juli Oktober Dezember Reuters Nations United Union
        North South East West Central City Government
        """
}

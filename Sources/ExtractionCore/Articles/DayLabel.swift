/// What the words before a day say about it.
enum DayLabel: Sendable {
    case none, publication, change

    /// The label in a short stretch of text: the last one counts.
    init(_ text: [UInt8], _ range: Range<Int>) {
        self = .none
        var last = -1
        for (words, label) in [(DayLabel.publications, DayLabel.publication), (DayLabel.changes, .change)] {
            for word in words {
                if let at = ASCII.find(word, in: text, range), at > last { (last, self) = (at, label) }
            }
        }
    }

    private static let publications = [
        "publi", "posted", "erschienen", "veröffentlicht", "erstellt", "created", "released", "first ", "pubblicat",
        "geplaatst", "gepubliceerd", "опубликован", "vom ",
    ].map { Array($0.utf8) }
    private static let changes = [
        "updated", "modified", "aktualisiert", "geändert", "stand:", "letzte änderung", "mis à jour", "modifié",
        "actualizado", "actualización", "aggiornat", "atualizado", "bijgewerkt", "aktualizacja", "обновлен", "revised",
        "reviewed", "last update", "last edited",
    ].map { Array($0.utf8) }
}

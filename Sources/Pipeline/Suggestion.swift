/// `did you mean "minWords"?` when one of the names is close enough to what was written.
public func suggestion(for written: String, among names: [String]) -> String? {
    guard written.unicodeScalars.prefix(longestName + 1).count <= longestName else { return nil }
    let limit = max(1, written.unicodeScalars.count / 3)
    let ranked = names.map { (name: $0, distance: editDistance(written.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else { return nil }
    return "did you mean \"\(best.name)\"?"
}

/// Names are compared up to here; longer ones are no slip of the pen.
private let longestName = 64

/// Insertions, deletions, replacements and swaps of neighbours that lead from one name to the other
/// (optimal string alignment).
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars.prefix(longestName))
    let b = Array(b.unicodeScalars.prefix(longestName))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var best = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}

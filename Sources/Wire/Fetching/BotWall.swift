/// Pages that want a browser to prove itself, told from the marks that their makers leave.
enum BotWall {
    static func stands(status: Int, _ fields: HeaderFields, _ body: [UInt8]) -> Bool {
        if fields["cf-mitigated"]?.lowercased() == "challenge" || fields["x-amzn-waf-action"] != nil { return true }
        guard fields.mediaType == "text/html" || fields.mediaType == nil else { return false }
        // Some walls put the same script on every page they let through; a page that small holds nothing else.
        if (200..<300).contains(status), body.count > 8192 { return false }
        let start = String(decoding: body.prefix(16_384), as: UTF8.self)
        return marks.contains { start.contains($0) }
    }

    /// Parts of the scripts themselves: an article about such walls does not hold them.
    private static let marks = [
        "/cdn-cgi/challenge-platform/h/", "window._cf_chl_opt", "geo.captcha-delivery.com", "ct.captcha-delivery.com",
        "_Incapsula_Resource", "/_sec/cp_challenge/", "window.awsWafCookieDomainList", "ddos-guard/js-challenge",
    ]
}

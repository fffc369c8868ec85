/// Pages that want a browser to prove itself, told from the marks that their makers leave.
enum BotWall {
    /// Whose wall it is; nil when the answer is none.
    static func maker(status: Int, _ fields: HeaderFields, _ body: [UInt8]) -> String? {
        if fields["cf-mitigated"]?.lowercased() == "challenge" { return "Cloudflare" }
        if fields["x-amzn-waf-action"] != nil { return "AWS WAF" }
        guard fields.mediaType == "text/html" || fields.mediaType == nil else { return nil }
        // Some walls put the same script on every page they let through; a page that small holds nothing else.
        if (200..<300).contains(status), body.count > 8192 { return nil }
        let start = String(decoding: body.prefix(16_384), as: UTF8.self)
        return marks.first { start.contains($0.mark) }?.maker
    }

    /// Parts of the scripts themselves: an article about such walls does not hold them.
    private static let marks = [
        (mark: "/cdn-cgi/challenge-platform/h/", maker: "Cloudflare"),
        (mark: "window._cf_chl_opt", maker: "Cloudflare"),
        (mark: "geo.captcha-delivery.com", maker: "DataDome"),
        (mark: "ct.captcha-delivery.com", maker: "DataDome"),
        (mark: "_Incapsula_Resource", maker: "Imperva"),
        (mark: "/_sec/cp_challenge/", maker: "Akamai"),
        (mark: "window.awsWafCookieDomainList", maker: "AWS WAF"),
        (mark: "ddos-guard/js-challenge", maker: "DDoS-Guard"),
    ]
}

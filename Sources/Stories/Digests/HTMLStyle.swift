/// The digest page's style sheet.
enum HTMLStyle {
    static let sheet = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6470; --line: #d9dee4; --paper: #fff;
          --tint: #f4f6f8; --new: #0b6b3a; --upd: #9a5b00; --hot: #a3161f; --link: #0b5394; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #9aa4b0; --line: #343b44;
          --paper: #14171b; --tint: #1d2228; --new: #5fd39a; --upd: #f0b35a; --hot: #ff7a80; --link: #7db7f0; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.55 Charter, "Bitstream Charter", Cambria, Georgia, serif; }
        main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
        header { border-bottom: 3px double var(--line); margin-bottom: 1.25rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
        h2, h4, .facts, .counts, .window, .rule, .clock, .status, .severity, table, details, footer, .mark, .number {
          font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        h2 { font-size: .85rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft);
          margin: 2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
        h3 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .2rem; }
        h4 { font-size: .78rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin: 1.1rem 0 .35rem; }
        p { margin: .45rem 0; }
        .counts { font-size: .95rem; margin: 0; }
        .window, .facts, .rule, .clock, .quiet { color: var(--soft); font-size: .85rem; }
        .since { background: var(--tint); padding: .5rem .75rem; border-left: 4px solid var(--upd); }
        article { border-bottom: 1px solid var(--line); padding: 1rem 0 1.2rem; }
        .number { color: var(--soft); font-size: .95rem; }
        .status { font-size: .68rem; text-transform: uppercase; letter-spacing: .06em; padding: .1rem .4rem;
          border: 1px solid currentColor; border-radius: .2rem; vertical-align: middle; color: var(--upd); }
        .status.new { color: var(--new); }
        .severity { font-size: .68rem; text-transform: uppercase; font-weight: 700; color: var(--upd); }
        .severity.high, .severity.critical { color: var(--hot); }
        .alerts { background: var(--tint); border-left: 4px solid var(--hot); padding: .2rem 1rem .6rem; }
        .alerts h2 { margin-top: .6rem; }
        ul, ol { margin: .3rem 0; padding-left: 1.2rem; }
        .alerts ul, .also { list-style: none; padding-left: 0; }
        .also li { padding: .15rem 0; }
        table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.4; }
        th { text-align: left; color: var(--soft); font-weight: 600; }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: top; }
        .dispute { border-left: 4px solid var(--hot); padding-left: .7rem; }
        blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
        blockquote p { margin: 0; }
        blockquote footer { font-size: .84rem; color: var(--soft); }
        .mark { font-size: .72rem; text-decoration: none; vertical-align: super; line-height: 0; }
        a { color: var(--link); overflow-wrap: anywhere; }
        .background { color: var(--soft); }
        details { font-size: .84rem; margin-top: .7rem; color: var(--soft); overflow-wrap: anywhere; }
        @media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } a { color: inherit; } }
        """
}

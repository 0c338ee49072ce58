namespace MhdNet.Host.Report;

internal static class ReportStyle
{
    public const string Css =
        """
        :root { --ink: #1d2733; --soft: #5b6775; --line: #dfe4ea; --ground: #fff; --band: #f5f7f9; --accent: #1f6f8b; --bad: #b3261e; --good: #2e7d32; }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 1120px; color: var(--ink); background: var(--ground); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif }
        h1 { font-size: 1.9rem; margin: 0 0 .3rem; letter-spacing: -.01em }
        h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; padding-top: 1rem; border-top: 1px solid var(--line) }
        p { margin: .4rem 0 }
        .lead { color: var(--soft) }
        .care { color: var(--bad); font-size: .92rem }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .93rem }
        th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); padding: .35rem .6rem; vertical-align: bottom }
        td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; vertical-align: top; overflow-wrap: anywhere }
        td.n, th.n { text-align: right; white-space: nowrap }
        tr.chosen td { background: var(--band); font-weight: 600 }
        .good { color: var(--good) } .bad { color: var(--bad) } .soft { color: var(--soft) }
        .bar { display: inline-block; vertical-align: middle; width: 5.5rem; height: .6rem; background: var(--band); border-radius: .3rem; overflow: hidden; margin-right: .4rem }
        .bar i { display: block; height: 100%; background: var(--accent) }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 1.4rem }
        figure { margin: 0 } figure img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: .4rem; display: block; background: #fff }
        figcaption { font-size: .88rem; color: var(--soft); padding: .35rem .1rem }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 1rem }
        details > summary { cursor: pointer; color: var(--accent); padding: .3rem 0 }
        pre { background: var(--band); padding: 1rem; border-radius: .4rem; overflow: auto; font-size: .85rem }
        .state { white-space: nowrap; font-weight: 600 }
        """;
}

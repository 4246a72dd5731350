/// How a report looks: light and dark, from 320 pixels on.
enum ReportStyle {
    static let css: HTML = """
        :root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--ink:#1d2327;--soft:#626a70;--line:#e4e4df;--main:#0b6e6e;\
        --gone:#d99a2b;--bad:#b3382c;--good:#2f7d3b}
        @media(prefers-color-scheme:dark){:root{--bg:#14181a;--card:#1d2326;--ink:#e8eaea;--soft:#9aa5aa;--line:#30383c;\
        --main:#45b5aa;--gone:#d9a441;--bad:#ef8073;--good:#7cc98a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",\
        "Noto Sans","Noto Sans Arabic","Noto Naskh Arabic",Tahoma,sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:1080px;margin:0 auto;padding:24px 16px 48px}
        h1{font-size:1.75rem;line-height:1.2;margin:0;overflow-wrap:anywhere}
        h2{font-size:1.125rem;margin:0 0 12px}
        h3{font-size:.9375rem;margin:0 0 4px;color:var(--soft);font-weight:600}
        p{margin:0 0 8px}
        .soft{color:var(--soft);font-size:.875rem}
        header{margin-bottom:20px}
        section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px;margin:0 0 16px}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:0 0 16px}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px}
        .tile b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
        .tile .soft{display:block;min-height:1.4em}
        .tile .name{font-size:.9375rem}
        .tile.first b{color:var(--main)}
        .tile.bad b{color:var(--bad)}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:0 16px;align-items:start}
        .pair>*{min-width:0}
        svg{display:block;width:100%}
        .columns{height:150px;fill:var(--main);border-bottom:1px solid var(--line)}
        .columns rect:hover{fill:var(--gone)}
        .axis{display:flex;justify-content:space-between;font-size:.8125rem;color:var(--soft);padding-top:4px;\
        font-variant-numeric:tabular-nums}
        .spark{width:110px;height:20px;fill:var(--main);opacity:.75}
        .bar{height:10px;border-radius:3px;background:var(--bg)}
        .kept{fill:var(--main)}
        .gone{fill:var(--gone)}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
        td,th{padding:5px 0 5px 14px;text-align:start;vertical-align:middle;border-top:1px solid var(--line)}
        th{font-weight:600;color:var(--soft);font-size:.8125rem;border-top:0;vertical-align:bottom}
        td:first-child,th:first-child{padding-left:0}
        tr:first-child td{border-top:0}
        thead+tbody tr:first-child td{border-top:1px solid var(--line)}
        .number{text-align:end;white-space:nowrap}
        td.wide{width:99%;overflow-wrap:anywhere}
        td.name{overflow-wrap:anywhere;min-width:6em}
        td.nowrap{white-space:nowrap}
        td.course{width:124px}
        .share{width:30%;min-width:70px}
        .funnel td.share{width:46%}
        .names{display:grid;grid-template-columns:1fr 1fr;gap:18px 32px}
        .names>div{min-width:0}
        details{margin-top:8px}
        details.reason{border-top:1px solid var(--line);margin:0;padding:7px 0}
        details.reason:first-of-type{border-top:0}
        details.reason summary .number{float:right}
        summary{cursor:pointer;overflow-wrap:anywhere}
        ul{margin:6px 0 4px;padding:0;list-style:none}
        li{margin:0 0 10px;overflow-wrap:anywhere}
        li [dir]{display:block}
        code,pre{font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
        code{overflow-wrap:anywhere;color:var(--soft)}
        pre{overflow:auto;margin:8px 0 0;padding:12px;background:var(--bg);border-radius:8px;max-height:32em}
        .down{color:var(--bad)}
        .up{color:var(--good)}
        .empty{color:var(--soft)}
        footer{color:var(--soft);font-size:.8125rem;overflow-wrap:anywhere}
        @media(max-width:720px){main{padding:16px 12px 32px}.tiles{grid-template-columns:1fr 1fr}\
        .pair,.names{grid-template-columns:minmax(0,1fr)}.pair{gap:0}section{padding:14px}.spark{width:64px}\
        td.course{width:78px}.optional{display:none}td,th{padding-left:10px}.share{min-width:48px}\
        .funnel td.share{width:22%}.columns{height:120px}h1{font-size:1.4rem}}
        @media print{body{background:#fff}section,.tile{break-inside:avoid}}
        """
}

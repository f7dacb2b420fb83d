//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Style sheet, script and picture of the pages.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum Assets {
    static func reply(_ name: String) -> Reply {
        let (type, text) =
            switch name {
            case "style": ("text/css; charset=utf-8", style)
            case "script": ("text/javascript; charset=utf-8", script)
            default: ("image/svg+xml", lamp)
            }
        var reply = Reply(type: type, bytes: Array(text.utf8))
        reply.fields[.cacheControl] = "private, max-age=300"
        return reply
    }

    private static let lamp = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#e8a33d" d="M32 6c9 0 16 7 16 16 0 7-5 11-7 16H23c-2-5-7-9-7-16C16 13 23 6 32 6z"/><path fill="none" stroke="#7a4a0b" stroke-width="4" stroke-linecap="round" d="M25 45h14M26 51h12M29 57h6"/><path fill="none" stroke="#fff6e0" stroke-width="3" stroke-linecap="round" d="M23 23c0-5 4-9 9-9"/></svg>
        """

    private static let script = """
        // Live updates. Without this script the page is as complete, and as old as its last loading.
        const line = document.querySelector('[data-line]');
        const say = (words) => { if (line) line.textContent = words; };
        const units = { 'Cel': '°C', '{doses}': 'doses', '[ppm]': 'ppm', 'mm[Hg]': 'mmHg', '1': '' };
        const show = (value, unit) => {
          const number = Math.round(Number(value) * 10) / 10;
          const words = unit in units ? units[unit] : (unit ?? '');
          return words ? `${number} ${words}` : `${number}`;
        };
        let waiting = null, last = 0, number = document.body.dataset.number;
        // What changed more than a number is drawn anew by the server, at most every few seconds.
        const renew = async () => {
          waiting = null;
          last = Date.now();
          try {
            const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
            if (answer.redirected || answer.status === 401) { location.reload(); return; }
            if (!answer.ok) return;
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            for (const part of document.querySelectorAll('[data-part]')) {
              const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
              if (!fresh || fresh.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
              // What somebody opened stays open.
              const open = [...part.querySelectorAll('details')].map((details) => details.open);
              fresh.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? false; });
              part.replaceWith(fresh);
            }
            for (const old of document.querySelectorAll('[data-live]')) {
              const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
              if (fresh) old.textContent = fresh.textContent;
            }
          } catch { say('the server does not answer'); }
        };
        const soon = () => { if (!waiting) waiting = setTimeout(renew, Math.max(1000, 4000 - (Date.now() - last))); };
        const take = (told) => {
          number = told.number;
          for (const change of told.changes) {
            if (change.kind !== 'reading') { soon(); continue; }
            const key = `${change.device ?? ''} ${change.what}`;
            for (const place of document.querySelectorAll(`[data-reading="${CSS.escape(key)}"]`)) {
              place.textContent = show(change.to, change.unit);
              const words = place.parentNode.querySelector('title');
              if (words) words.textContent = `${words.dataset.what}: ${place.textContent}, within the last minute`;
              if (place.closest('.reading')) soon();
              place.classList.remove('stale');
              place.classList.remove('fresh');
              void place.getBoundingClientRect();
              place.classList.add('fresh');
            }
          }
          const position = document.querySelector('[data-live="position"]');
          if (position) position.textContent = told.position;
          say('live');
        };
        if (number) {
          const stream = new EventSource(`/api/v1/events?after=${encodeURIComponent(number)}`);
          stream.addEventListener('changes', (event) => take(JSON.parse(event.data)));
          stream.addEventListener('start', () => say('live'));
          stream.addEventListener('reset', soon);
          stream.addEventListener('open', () => say('live'));
          stream.addEventListener('error', () => say('not connected: trying again'));
          // Staleness comes with time alone.
          setInterval(soon, 60000);
        }
        """

    private static let style = """
        :root { color-scheme: light dark; --ink: #1d2430; --quiet: #5a6473; --line: #d9dee6; --paper: #f7f8fa; --card: #fff;
          --accent: #1f5f8b; --lamp: #e8a33d; --room: #eef2f6; --bad: #b3261e; --warn: #8a5a00; --good: #1b6e4a; --soft: #fff4df; --iot: #7d5ba6; --net: #3d6b75; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --quiet: #a3adbb; --line: #343d4b; --paper: #12161d; --card: #1a2029;
          --accent: #8cc4ec; --room: #232b36; --bad: #ff9a90; --warn: #f0c069; --good: #7fd3ac; --soft: #33290f; --iot: #c3a6e6; --net: #8fc3cf; } }
        * { box-sizing: border-box; }
        html { font-size: 15px; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        a { color: var(--accent); } a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px; z-index: 2; }
        .top { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 20px; padding: 10px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
        .brand { display: flex; align-items: center; gap: 8px; font-weight: 650; font-size: 1.15rem; color: var(--ink); text-decoration: none; }
        nav { display: flex; flex-wrap: wrap; gap: 4px; margin-right: auto; }
        nav a { padding: 6px 12px; border-radius: 6px; text-decoration: none; color: var(--ink); }
        nav a:hover { background: var(--room); } nav a[aria-current] { background: var(--room); font-weight: 600; box-shadow: inset 0 -2px var(--lamp); }
        form { margin: 0; } .past { display: flex; gap: 6px; align-items: center; color: var(--quiet); font-size: .9rem; }
        input, select, button, .button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px; max-width: 100%; }
        button, .button { cursor: pointer; background: var(--room); text-decoration: none; display: inline-block; } button:hover, .button:hover { border-color: var(--accent); }
        button.quiet { border: 0; background: none; }
        main { padding: 16px 24px 32px; max-width: 1680px; margin: 0 auto; }
        h1 { font-size: 1.25rem; margin: 12px 0 10px; } h2 { font-size: 1.05rem; margin: 18px 0 8px; } h3 { font-size: 1rem; margin: 12px 0 8px; } h1 small, h2 small, h3 small { font-size: .88rem; font-weight: 400; }
        small, .quiet, .empty { color: var(--quiet); } .empty { padding: 12px 0; }
        .banner { margin: 0; padding: 10px 24px; border-bottom: 1px solid var(--line); }
        .past-banner { background: var(--soft); border-left: 6px solid var(--lamp); } .trouble { border-left: 6px solid var(--bad); background: var(--card); }
        main .banner { border: 1px solid var(--line); border-left: 6px solid var(--bad); border-radius: 6px; margin: 8px 0; padding: 10px 14px; }
        .answers { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 12px; } .answer { grid-column: span 3; } .answer:nth-child(n+5) { grid-column: span 4; }
        .answer { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; border-top: 3px solid var(--good); }
        .answer.partial { border-top-color: var(--lamp); } .answer.cannotSay { border-top: 3px dashed var(--quiet); }
        .answer h3 { font-size: .92rem; font-weight: 500; color: var(--quiet); margin: 0; }
        .answer .number { font-size: 1.7rem; font-weight: 650; line-height: 1.25; margin: 2px 0; overflow-wrap: anywhere; } .answer .number small { font-size: 1rem; font-weight: 400; }
        .answer p { margin: 4px 0; } .answer .state { font-size: .85rem; font-weight: 600; } .sentence { font-size: .9rem; }
        .missing { font-size: .85rem; color: var(--warn); } details.missing { padding: 4px 10px; } .missing ul { padding-left: 16px; margin: 4px 0; overflow-wrap: anywhere; }
        .columns { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 28px; align-items: start; }
        .site { margin-bottom: 20px; } .floor { margin: 0 0 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px 14px; }
        figcaption { font-weight: 600; margin-bottom: 6px; } figcaption small { font-weight: 400; }
        .floor svg { width: 100%; height: auto; display: block; } .floor text { fill: var(--quiet); font-family: inherit; }
        .room polygon { fill: var(--room); stroke: var(--card); stroke-width: 3; } .floor .floor polygon, .room.floor polygon, .room.building polygon { fill: none; stroke: var(--line); }
        .room.zone polygon { fill: none; stroke: var(--line); stroke-dasharray: 6 5; stroke-width: 1.5; } .room.bed polygon { fill: var(--card); stroke: var(--line); stroke-width: 1; }
        .room.alert polygon { stroke: var(--bad); stroke-width: 2; } .floor .more { text-anchor: end; } .floor .value { fill: var(--ink); font-weight: 600; } .floor .value.stale { fill: var(--quiet); font-style: italic; font-weight: 400; }
        .mark { fill: var(--accent); stroke: var(--accent); stroke-width: 1.2; } .mark.medical { fill: var(--good); stroke: var(--good); } .mark.iot { fill: var(--iot); stroke: var(--iot); }
        .mark.it { fill: var(--accent); } .mark.network { fill: var(--net); stroke: var(--net); } .mark.unknown { fill: var(--quiet); stroke: var(--quiet); }
        .mark.stale { fill: var(--card); stroke-dasharray: 2.4 1.6; } .ring { fill: none; stroke: var(--bad); stroke-width: 2; } .touch { fill: transparent; }
        .floor a:hover .touch, .floor a:focus .touch { fill: var(--lamp); fill-opacity: .45; } .floor a:focus-visible { outline: none; } .floor a:focus-visible .touch { stroke: var(--accent); stroke-width: 3; }
        .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: .88rem; color: var(--quiet); } .legend svg { width: 18px; height: 18px; vertical-align: -4px; }
        aside section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 4px 16px 12px; margin-bottom: 16px; }
        .worst, .changes { list-style: none; padding: 0; margin: 0; } .worst li, .changes li { padding: 7px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .worst li:first-child, .changes li:first-child { border: 0; } .worst a { text-decoration: none; color: var(--ink); } .changes time { color: var(--quiet); font-variant-numeric: tabular-nums; margin-right: 6px; }
        .severity { font-weight: 650; color: var(--quiet); } .critical .severity, .high .severity, .tag.critical, .tag.high { color: var(--bad); } .medium .severity, .tag.medium { color: var(--warn); }
        .tag { font-size: .85rem; font-weight: 600; white-space: nowrap; }
        .search { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
        .search label { display: grid; gap: 2px; font-size: .88rem; color: var(--quiet); } .search input[type=search] { width: 22rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
        th, td { text-align: left; padding: 7px 12px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } th { font-size: .85rem; color: var(--quiet); font-weight: 600; border: 0; white-space: nowrap; }
        td small { display: block; } tr.stale td { color: var(--quiet); }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 0 24px; margin: 8px 0; } .facts div { padding: 6px 0; border-top: 1px solid var(--line); } dt { font-size: .85rem; color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
        .readings { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 10px; } .reading { margin: 0; padding: 8px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; display: grid; } .reading b { font-size: 1.3rem; }
        .reading span { font-size: .85rem; color: var(--quiet); overflow-wrap: anywhere; } .reading.stale b { color: var(--quiet); font-style: italic; font-weight: 400; }
        details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 14px; margin: 8px 0; } summary { cursor: pointer; overflow-wrap: anywhere; }
        .evidence { padding-left: 20px; overflow-wrap: anywhere; } code { font-size: .92em; }
        footer { padding: 10px 24px 24px; color: var(--quiet); font-size: .88rem; border-top: 1px solid var(--line); } .fresh { animation: fresh 1.6s ease-out; } @keyframes fresh { from { fill: var(--accent); color: var(--accent); } }
        @media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
        .outside main { max-width: 26rem; margin: 8vh auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 24px 28px; } .door { display: grid; gap: 14px; } .door label { display: grid; gap: 4px; color: var(--quiet); font-size: .9rem; } .door input { padding: 9px 12px; } .door button { padding: 10px; background: var(--accent); color: var(--card); border: 0; font-weight: 600; }
        @media (max-width: 1000px) { .columns { grid-template-columns: minmax(0, 1fr); } }
        @media (min-width: 1600px) { .answer, .answer:nth-child(n+5) { grid-column: auto; } .answers { grid-template-columns: repeat(7, minmax(0, 1fr)); } }
        @media (max-width: 800px) { .answers { grid-template-columns: repeat(2, minmax(0, 1fr)); } .answer, .answer:nth-child(n+5) { grid-column: auto; } .answer:last-child { grid-column: span 2; }
          .cards, .cards tbody, .cards tr, .cards td { display: block; } .cards thead { position: absolute; left: -999px; } .cards tr { padding: 8px 4px; border-top: 1px solid var(--line); }
          .cards td { border: 0; padding: 2px 10px; } .cards td:empty { display: none; } .cards td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); font-size: .85rem; } }
        @media (max-width: 600px) { main { padding: 10px 12px 24px; } .top { padding: 10px 12px; } .past { flex-wrap: wrap; } .floor { padding: 8px; overflow-x: auto; } .floor svg { min-width: 720px; } .search input[type=search] { width: 100%; } }
        """
}

//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The templates of the pages (Mustache).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

enum PageTexts {
    static let all: [(name: String, text: String)] = [
        ("head", head), ("foot", foot), ("first", first), ("floor", floor), ("devices", devices), ("device", device),
        ("findings", findings), ("status", status), ("signIn", signIn), ("setUp", setUp), ("problem", problem),
        ("evidence", evidence),
    ]

    private static let head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} · Wardlight</title>
        <link rel="stylesheet" href="/assets/wardlight.css">
        <link rel="icon" href="/assets/lamp.svg" type="image/svg+xml">
        {{#live}}<script type="module" src="/assets/wardlight.js"></script>{{/live}}
        </head>
        <body{{#live}} data-number="{{number}}"{{/live}}>
        <a class="skip" href="#main">To the content</a>
        <header class="top">
        <a class="brand" href="/{{query}}"><img src="/assets/lamp.svg" alt="" width="26" height="26"> Wardlight</a>
        <nav aria-label="Pages">
        {{#nav}}<a href="{{href}}"{{#here}} aria-current="page"{{/here}}>{{words}}</a>{{/nav}}
        </nav>
        <form class="past" method="get" action="{{path}}">
        <label for="at">As it was at</label>
        <input id="at" name="at" type="datetime-local" step="1" value="{{at}}">
        <button>Show</button>
        </form>
        <form method="post" action="/sign-out"><input type="hidden" name="form" value="{{form}}">
        <button class="quiet">Sign out {{account}}</button></form>
        </header>
        {{#past}}<p class="banner past-banner" role="status"><strong>↶ This is the past:</strong> {{words}}.
        <a href="{{now}}">Back to now</a></p>{{/past}}
        {{#otherKnowledge}}<p class="banner past-banner"><strong>Judged with what is there today.</strong> Another then:
        {{words}}.</p>{{/otherKnowledge}}
        {{#keptFrom}}<p class="banner past-banner"><strong>Not the whole past.</strong> What was observed before position
        {{position}} is no longer kept: who was not heard of since is missing here.</p>{{/keptFrom}}
        {{#trouble}}<p class="banner trouble" role="alert"><strong>⚠ Something is wrong:</strong> {{words}}</p>{{/trouble}}
        <main id="main">

        """

    private static let foot = """
        </main>
        <footer><p>Log position <b data-live="position">{{position}}</b> · newest observation
        <b data-live="moment">{{moment}}</b> · <span class="line" data-line>{{line}}</span></p></footer>
        </body>
        </html>

        """

    private static let first = """
        {{> head}}
        <h1>{{heading}} <small>judged to {{moment}}, log position {{position}}</small></h1>
        <section aria-labelledby="answers" data-part="answers">
        <h2 id="answers">Seven answers</h2>
        {{^answers}}<p class="empty">Nothing was judged yet: the first observations are on their way.</p>{{/answers}}
        <div class="answers">
        {{#answers}}<article class="answer {{state}}">
        <h3>{{question}}</h3>
        <p class="number">{{number}} <small>{{unit}}</small></p>
        <p class="state">{{mark}} {{stateWords}}</p>
        <p class="sentence">{{sentence}}</p>
        {{#missing}}<p class="missing">Missing: {{words}}</p>{{/missing}}
        {{#long}}<details class="missing"><summary>What is missing ({{count}})</summary><ul>{{#lines}}<li>{{words}}</li>{{/lines}}</ul></details>{{/long}}
        </article>
        {{/answers}}
        </div>
        </section>
        <div class="columns">
        <section aria-labelledby="floors" data-part="floors">
        <h2 id="floors">Floors</h2>
        {{^sites}}<p class="empty">No plan is known yet. Rooms are drawn from <code>places</code> in the configuration
        (name and metres), or imported from GeoJSON.</p>{{/sites}}
        {{#sites}}<div class="site"><h3>{{name}} <small>{{devices}} devices{{#beds}} · {{beds}} beds{{/beds}}</small></h3>
        {{#floors}}{{> floor}}{{/floors}}
        {{#loose}}<p class="loose">Without a drawn place: {{words}}</p>{{/loose}}
        </div>{{/sites}}
        {{#unplaced}}<p class="quiet">{{words}}</p>{{/unplaced}}
        <ul class="legend" aria-label="What the marks mean">
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="mark medical" d="M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z"/></svg> medical</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="mark iot" d="M0-6L6 0L0 6L-6 0z"/></svg> IoT, building</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="mark it" d="M-5-5h10v10h-10z"/></svg> IT, mobile</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="mark network" d="M0-6L6 5H-6z"/></svg> network</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="mark unknown" r="5"/></svg> not known</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="mark unknown" r="5"/><circle class="ring" r="8"/></svg> ringed: has a finding</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="mark it stale" d="M-5-5h10v10h-10z"/></svg> hollow: not heard of lately</li>
        <li>+3 ▲ three more, one of them with a finding</li>
        </ul>
        </section>
        <aside aria-label="Findings and changes">
        <section data-part="findings"><h2>Look at these</h2>
        {{^worst}}<p class="empty">No finding stands.</p>{{/worst}}
        <ul class="worst">{{#worst}}<li class="{{severity}}"><a href="{{href}}"><span class="severity">{{mark}} {{severity}}</span>
        {{words}}</a> <small>{{where}}</small></li>{{/worst}}</ul>
        {{#moreFindings}}<p><a href="/findings{{query}}">All {{count}} findings</a></p>{{/moreFindings}}
        </section>
        <section data-part="changes"><h2>Latest changes <small>times in {{zone}}</small></h2>
        {{^changes}}<p class="empty">No change was told yet.</p>{{/changes}}
        <ol class="changes">{{#changes}}<li><time>{{time}}</time> {{#href}}<a href="{{href}}">{{name}}</a> {{/href}}{{#who}}{{who}} {{/who}}{{words}}</li>{{/changes}}</ol>
        </section>
        </aside>
        </div>
        {{> foot}}
        """

    private static let floor = """
        <figure class="floor">
        <figcaption>{{name}} <small>{{summary}}</small></figcaption>
        <svg viewBox="{{box}}" role="img" aria-label="Plan of {{name}}: {{summary}}">
        {{#rooms}}<g class="room {{kind}}{{#hasFinding}} alert{{/hasFinding}}">
        <title>{{title}}</title>
        <polygon points="{{points}}"/>
        {{#label}}<text class="label" x="{{x}}" y="{{y}}" font-size="{{size}}"{{#turn}} transform="{{turn}}"{{/turn}}>{{text}}</text>{{/label}}
        {{#values}}<g><title data-what="{{what}}">{{title}}</title><text class="value{{#stale}} stale{{/stale}}" x="{{x}}" y="{{y}}" font-size="{{size}}" data-reading="{{key}}">{{text}}</text></g>{{/values}}
        {{#more}}<text class="label more" x="{{x}}" y="{{y}}" font-size="{{size}}">{{text}}</text>{{/more}}
        </g>{{/rooms}}
        {{#marks}}<a href="{{href}}"><g transform="translate({{x}} {{y}}) scale({{scale}})"><title>{{title}}</title>
        <circle class="touch" r="10"/>{{#finding}}<circle class="ring" r="9"/>{{/finding}}<path class="mark {{kind}}{{#stale}} stale{{/stale}}" d="{{shape}}"/></g></a>{{/marks}}
        </svg>
        </figure>
        """

    private static let devices = """
        {{> head}}
        <h1>Devices</h1>
        <form class="search" method="get" action="/devices">
        <label>Words <input name="q" type="search" value="{{q}}" maxlength="256" placeholder="name, maker, address, place"></label>
        <label>Kind <select name="class"><option value="">any</option>{{#classes}}<option{{#chosen}} selected{{/chosen}}>{{name}}</option>{{/classes}}</select></label>
        <label>Findings <select name="findings"><option value="">any</option><option value="true"{{#withFindings}} selected{{/withFindings}}>with</option><option value="false"{{#withoutFindings}} selected{{/withoutFindings}}>without</option></select></label>
        <label>Heard of <select name="stale"><option value="">any</option><option value="false"{{#fresh}} selected{{/fresh}}>lately</option><option value="true"{{#stale}} selected{{/stale}}>not lately</option></select></label>
        {{#hiddenPast}}<input type="hidden" name="{{name}}" value="{{value}}">{{/hiddenPast}}
        <button>Search</button>
        </form>
        <p class="quiet">{{total}} devices found.</p>
        <div class="wide"><table class="cards" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader">Device</th><th role="columnheader">Kind</th><th role="columnheader">Maker, model</th><th role="columnheader">Place</th><th role="columnheader">Port</th><th role="columnheader">Last heard of ({{zone}})</th><th role="columnheader">Findings</th></tr></thead>
        <tbody role="rowgroup">
        {{#devices}}<tr role="row"{{#stale}} class="stale"{{/stale}}><td role="cell"><a href="{{href}}">{{name}}</a><small>{{addresses}}</small></td><td role="cell" data-label="Kind">{{kind}}</td>
        <td role="cell" data-label="Maker, model">{{maker}}</td><td role="cell" data-label="Place">{{place}}</td><td role="cell" data-label="Port">{{port}}</td><td role="cell" data-label="Last heard of">{{lastSeen}}{{#stale}} <b class="tag">stale</b>{{/stale}}</td>
        <td role="cell" data-label="Findings">{{#findings}}<b class="tag {{severity}}">{{mark}} {{count}} {{severity}}</b>{{/findings}}</td></tr>
        {{/devices}}
        </tbody></table></div>
        {{^devices}}<p class="empty">No device fits.</p>{{/devices}}
        {{#next}}<p><a class="button" href="{{href}}">Next page</a></p>{{/next}}
        {{> foot}}
        """

    private static let evidence = """
        <ul class="evidence">{{#evidence}}<li><code>{{source}}</code> said <q>{{value}}</q> <small>rule {{rule}}, seen {{seen}} times, weight {{weight}} thousandths of log-odds</small></li>{{/evidence}}</ul>
        """

    private static let device = """
        {{> head}}
        <p class="crumbs"><a href="/devices{{query}}">Devices</a></p>
        <h1>{{name}}</h1>
        <p class="quiet">{{id}}{{#stale}} · <b class="tag">stale: not heard of lately</b>{{/stale}}</p>
        <dl class="facts">
        {{#rows}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/rows}}
        </dl>
        {{#hasReadings}}<section data-part="readings"><h2>What it measures <small>times in {{zone}}</small></h2>
        <div class="readings">{{#readings}}<p class="reading{{#stale}} stale{{/stale}}"><span>{{metric}}</span>
        <b data-reading="{{key}}">{{value}}</b> <small>{{when}}{{#stale}}, stale{{/stale}}{{#quality}}, {{quality}}{{/quality}}</small></p>{{/readings}}</div></section>{{/hasReadings}}
        {{#hasFindings}}<section><h2>Findings</h2>
        {{#findings}}<details class="finding {{severity}}"><summary><span class="severity">{{mark}} {{severity}}</span> {{title}}
        <small>{{rule}}</small></summary>{{> evidence}}{{#falseAlarm}}<p class="quiet">It may be a false alarm: {{falseAlarm}}</p>{{/falseAlarm}}</details>{{/findings}}</section>{{/hasFindings}}
        <section><h2>What is believed of it, and why</h2>
        {{#beliefs}}<details class="belief"><summary>{{name}}: <strong>{{value}}</strong> <small>{{confidence}}</small></summary>{{> evidence}}
        {{#others}}<p class="quiet">Spoke for something else: {{value}}</p>{{> evidence}}{{/others}}</details>{{/beliefs}}
        {{^beliefs}}<p class="empty">Nothing is known of it but that it is there.</p>{{/beliefs}}</section>
        {{#hasWeaknesses}}<section><h2>Known weaknesses</h2><ul>{{#weaknesses}}<li><strong>{{advisory}}</strong> {{title}} <small>{{verdict}}</small></li>{{/weaknesses}}</ul></section>{{/hasWeaknesses}}
        <section><h2>Its story <small>times in {{zone}}</small></h2><ol class="changes">{{#story}}<li><time>{{time}}</time> {{words}}</li>{{/story}}</ol>
        {{^story}}<p class="empty">Nothing changed since it was first seen.</p>{{/story}}</section>
        {{#hasUnsettled}}<section><h2>What is not known</h2><ul>{{#unsettled}}<li>{{words}}</li>{{/unsettled}}</ul></section>{{/hasUnsettled}}
        <p class="quiet">For machines: <a href="/api/v1/devices/{{id}}{{query}}">all of it as JSON</a>,
        <a href="/api/v1/devices/{{id}}/history{{query}}">its history</a>.</p>
        {{> foot}}
        """

    private static let findings = """
        {{> head}}
        <h1>Findings</h1>
        <form class="search" method="get" action="/findings">
        <label>This severe or worse <select name="severity"><option value="">any</option>{{#severities}}<option{{#chosen}} selected{{/chosen}}>{{name}}</option>{{/severities}}</select></label>
        {{#hiddenPast}}<input type="hidden" name="{{name}}" value="{{value}}">{{/hiddenPast}}
        <button>Show</button></form>
        <p class="quiet">{{total}} findings stand. Times in {{zone}}.</p>
        {{#findings}}<details class="finding {{severity}}" id="{{id}}"><summary><span class="severity">{{mark}} {{severity}}</span> {{title}}
        <small>{{#device}}{{name}} · {{/device}}{{where}}{{#since}} · since {{since}}{{/since}} · {{rule}}</small></summary>
        {{#device}}<p>About <a href="{{href}}">{{name}}</a></p>{{/device}}{{> evidence}}
        {{#falseAlarm}}<p class="quiet">It may be a false alarm: {{falseAlarm}}</p>{{/falseAlarm}}</details>{{/findings}}
        {{^findings}}<p class="empty">No finding stands.</p>{{/findings}}
        {{#next}}<p><a class="button" href="{{href}}">Next page</a></p>{{/next}}
        {{> foot}}
        """

    private static let status = """
        {{> head}}
        <h1>How Wardlight is doing</h1>
        <p class="state">{{overall}} <small>Every number is of {{moment}}.</small></p>
        {{#troubles}}<p class="banner trouble" role="alert">⚠ {{words}}</p>{{/troubles}}
        {{#tables}}<section><h2>{{caption}}</h2><dl class="facts">{{#rows}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/rows}}</dl></section>{{/tables}}
        <section><h2>What was read, and how well</h2><div class="wide"><table><thead><tr><th>Input</th><th>Packets</th><th>Read</th><th>Lost</th><th>Until ({{zone}})</th><th>Problem</th></tr></thead><tbody>
        {{#inputs}}<tr><td>{{name}}</td><td>{{packets}}</td><td>{{decoded}}</td><td>{{dropped}}</td><td>{{to}}</td><td>{{problem}}</td></tr>{{/inputs}}</tbody></table></div>
        {{^inputs}}<p class="empty">Nothing was captured yet.</p>{{/inputs}}
        <ul>{{#advice}}<li>{{words}}</li>{{/advice}}</ul></section>
        {{> foot}}
        """

    private static let outside = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Wardlight</title><link rel="stylesheet" href="/assets/wardlight.css"><link rel="icon" href="/assets/lamp.svg" type="image/svg+xml"></head>
        <body class="outside"><main><p class="brand"><img src="/assets/lamp.svg" alt="" width="40" height="40"> Wardlight</p>

        """

    private static let signIn =
        outside + """
            <h1>Sign in</h1>
            {{#wrong}}<p class="banner trouble" role="alert">{{words}}</p>{{/wrong}}
            <form method="post" action="/sign-in" class="door">
            <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="next" value="{{next}}">
            <label>User name <input name="name" autocomplete="username" required maxlength="64" value="{{name}}"></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required maxlength="256"></label>
            <button>Sign in</button></form>
            <p class="quiet">No account yet? Whoever started Wardlight was shown a one-time link.</p>
            </main></body></html>

            """

    private static let setUp =
        outside + """
            <h1>The first account</h1>
            {{#wrong}}<p class="banner trouble" role="alert">{{words}}</p>{{/wrong}}
            {{#open}}<p>This link works once. Choose who you are; there is no default password.</p>
            <form method="post" action="/set-up" class="door">
            <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="key" value="{{key}}">
            <label>User name <input name="name" autocomplete="username" required maxlength="64" value="{{name}}"></label>
            <label>Password, 12 characters or more <input name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="256"></label>
            <label>The same again <input name="again" type="password" autocomplete="new-password" required maxlength="256"></label>
            <button>Begin</button></form>{{/open}}
            </main></body></html>

            """

    private static let problem =
        outside + """
            <h1>{{title}}</h1><p>{{detail}}</p><ul>{{#more}}<li>{{name}}: {{value}}</li>{{/more}}</ul>
            <p class="quiet">Status {{status}}. <a href="/">To the first page</a></p></main></body></html>

            """
}

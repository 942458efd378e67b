/** How the page of coverage looks, by day and by night. */
export const coverageStyle = `:root {
  --paper: #fbfaf7; --card: #fff; --ink: #22252b; --faint: #656b76; --rule: #e5e2da;
  --good: #1a7f4e; --good-paper: #e3f4ea; --fair: #855800; --fair-paper: #fdf0cd; --bad: #b8323a; --bad-paper: #fde4e3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --card: #1c1f25; --ink: #dfe2e8; --faint: #979eac; --rule: #2d323b;
    --good: #5fcf95; --good-paper: #17352a; --fair: #e8b84a; --fair-paper: #3a2f14; --bad: #ff8a85; --bad-paper: #43211f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
header { display: flex; gap: 2.5rem; align-items: center; flex-wrap: wrap; padding-top: 2.5rem; }
header > div { flex: 1 1 24rem; }
h1 { margin: 0; font-size: 1.7rem; letter-spacing: -0.02em; }
p { margin: 0.2rem 0 1rem; color: var(--faint); }
.ring { width: 10rem; flex: none; }
.ring circle { fill: none; stroke: var(--good); stroke-width: 11; stroke-linecap: round; transform: rotate(-90deg); transform-origin: center; }
.ring .rest { stroke: var(--rule); }
.ring text { text-anchor: middle; font-size: 22px; font-weight: 650; fill: var(--ink); font-variant-numeric: tabular-nums; }
.tiles { display: flex; flex-wrap: wrap; gap: 0.75rem; padding: 0; margin: 0 0 1rem; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 0.5rem 0.9rem; color: var(--faint); }
.tiles b { color: var(--ink); font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.tiles i { font-style: normal; font-weight: 400; color: var(--faint); }
meter { appearance: none; display: block; width: 100%; min-width: 6rem; height: 6px; margin-top: 0.3rem; border: 0; border-radius: 3px; background: var(--rule); overflow: hidden; }
meter::-webkit-meter-bar { height: 6px; background: var(--rule); border: 0; border-radius: 3px; }
meter::-webkit-meter-optimum-value { background: var(--good); border-radius: 3px; }
meter::-moz-meter-bar { background: var(--good); border-radius: 3px; }
dl { margin: 0; font-size: 0.85rem; }
dl > div { display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; padding-left: 6.4rem; }
dt { color: var(--faint); width: 5.5rem; margin-left: -6.4rem; }
dd { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; font-size: 0.85rem; }
.legend label { margin-left: auto; cursor: pointer; color: var(--ink); }
.legend .needed { color: var(--good); } .legend .seen { color: var(--fair); } .legend .unseen { color: var(--bad); }
details { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; margin-bottom: 0.9rem; overflow: hidden; }
summary { display: flex; align-items: center; gap: 1rem; padding: 0.6rem 1rem; cursor: pointer; }
summary code { flex: 1; overflow-wrap: anywhere; font-weight: 600; }
summary code::before { content: "▸"; display: inline-block; width: 1.2em; color: var(--faint); }
details[open] summary code::before { content: "▾"; }
summary meter { width: 8rem; flex: none; margin: 0; }
summary span { color: var(--faint); min-width: 4rem; text-align: right; font-variant-numeric: tabular-nums; }
code { font: 13px/1.6 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
pre { margin: 0; padding: 0.4rem 0; border-top: 1px solid var(--rule); overflow-x: auto; }
.line { display: flex; min-width: max-content; padding-right: 1rem; }
.line > i { flex: none; width: 3.5rem; padding-right: 0.8rem; text-align: right; color: var(--faint); font: 12px/1.75 ui-monospace, Menlo, Consolas, monospace; user-select: none; }
.line > u { flex: none; width: 1.6rem; text-decoration: none; font-size: 13px; cursor: help; }
.line.needed > u { color: var(--good); } .line.seen > u { color: var(--fair); } .line.unseen > u { color: var(--bad); }
.line.seen { box-shadow: inset 3px 0 var(--fair); } .line.unseen { box-shadow: inset 3px 0 var(--bad); }
.line:hover { background: color-mix(in srgb, var(--rule) 45%, transparent); }
mark { color: inherit; background: var(--good-paper); border-radius: 3px; padding: 0 2px; margin: 0 -2px; cursor: help; }
mark.seen { background: var(--fair-paper); color: var(--fair); }
mark.unseen { background: var(--bad-paper); color: var(--bad); }
em { margin-left: 1rem; padding: 0 0.6rem; border-radius: 1rem; font: 12px/1.7 system-ui, sans-serif; align-self: center; }
em.seen { background: var(--fair-paper); color: var(--fair); } em.unseen { background: var(--bad-paper); color: var(--bad); }
body:has(#only:checked) :is(.line.needed, .line.plain) { display: none; }
@media (max-width: 40rem) { header { gap: 1rem; } .ring { width: 7rem; } summary meter { display: none; } }
@media print { details { break-inside: avoid; } }
`;

import { Markup } from './markup.js';

/** Light and dark by the reader's own choice; every text has a contrast of at least 4.5 to 1. */
export const STYLE = new Markup(`
:root{color-scheme:light dark;--page:#f3f5f8;--card:#fff;--ink:#18212f;--soft:#566173;--rule:#dfe4ec;--bar:#15233b;--barink:#f2f6ff;
--here:#1d5fd0;--hereink:#fff;--past:#8fb2ee;--wait:#a35400;--bad:#b3261e;--good:#12703d;--note:#fff3d1;--noteink:#4d3800;--field:#fff}
@media(prefers-color-scheme:dark){:root{--page:#10151d;--card:#18202b;--ink:#e6ebf3;--soft:#a3aec0;--rule:#2b3646;--bar:#0b1220;--barink:#e6ecf8;
--here:#7fb0ff;--hereink:#0a1526;--past:#3f5d8f;--wait:#f0a24c;--bad:#ff8a80;--good:#6cd69b;--note:#3a3110;--noteink:#ffe9ac;--field:#101720}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:inherit}h1{font-size:1.2rem;margin:0}h2{font-size:1.05rem;margin:0 0 .7rem}h3{font-size:1.05rem;margin:0}p{margin:.2rem 0}
small{color:var(--soft);font-size:.82rem;font-weight:400}.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:3px solid var(--here);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);color:var(--ink);padding:.4rem .8rem}
header{display:flex;flex-wrap:wrap;gap:.6rem 1.4rem;align-items:center;padding:.8rem 1.5rem;background:var(--bar);color:var(--barink)}
header form{display:flex;gap:.4rem;align-items:center;flex-wrap:wrap}header :focus-visible{outline-color:#9cc2ff}
.note{background:var(--note);color:var(--noteink);padding:.55rem 1.5rem;margin:0;font-weight:600}
main{display:grid;grid-template-columns:minmax(0,1fr) 24rem;gap:1.4rem;padding:1.4rem 1.5rem;align-items:start;max-width:110rem;margin:auto}
main>*{min-width:0}@media(max-width:75rem){main{grid-template-columns:minmax(0,1fr)}}
.card,article,aside section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:1rem 1.1rem;margin-bottom:1rem}
.head{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline;margin-bottom:.5rem}.head .sum{margin-left:auto;font-weight:600}
.badge{display:inline-block;border:1px solid var(--rule);border-radius:99px;padding:0 .6rem;font-size:.82rem;color:var(--soft)}
.badge.good{color:var(--good);border-color:currentColor}.badge.wait{color:var(--wait);border-color:currentColor}.badge.bad{color:var(--bad);border-color:currentColor}
.line{border-top:1px solid var(--rule);padding:.7rem 0 .2rem}.line h4{margin:0 0 .3rem;font-size:.95rem;font-weight:600}
.strip{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(4.7rem,1fr);list-style:none;margin:0;padding:.2rem 0 .3rem;overflow-x:auto}
.strip li{position:relative;text-align:center;font-size:.78rem;line-height:1.25;color:var(--soft)}
.strip li::before{content:"";position:absolute;top:1rem;left:-50%;width:100%;height:2px;background:var(--rule)}
.strip li:first-child::before{display:none}.strip li.trace::before,.strip li.here::before{background:var(--past)}
.strip b{position:relative;z-index:1;display:grid;place-items:center;width:2rem;height:2rem;margin:0 auto .25rem;border-radius:50%;
background:var(--card);border:2px solid var(--rule);font-size:.9rem;color:transparent}
.strip .trace b{border-color:var(--past);color:var(--soft)}.strip .here{color:var(--ink);font-weight:600}
.strip .here b{background:var(--here);border-color:var(--here);color:var(--hereink)}
.strip .here.wait b{background:var(--wait);border-color:var(--wait);color:var(--card)}.strip .here.bad b{background:var(--bad);border-color:var(--bad);color:var(--card)}
.strip .here.good b{background:var(--good);border-color:var(--good);color:var(--card)}.strip small{display:block;font-size:.72rem}
.push{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center}.push form,details form{display:inline-flex;flex-wrap:wrap;gap:.4rem;align-items:center}
button,input,select{font:inherit;color:inherit;border:1px solid var(--soft);border-radius:6px;background:var(--field);padding:.2rem .6rem;min-height:2rem}
button{cursor:pointer}button:hover{border-color:var(--here);color:var(--here)}header button,header button:hover{background:transparent;border-color:currentColor;color:inherit}
button.main{background:var(--here);border-color:var(--here);color:var(--hereink);font-weight:600}button.main:hover{filter:brightness(1.12);color:var(--hereink)}
input[type=number]{width:6rem}aside td :is(select,input:not([type=checkbox])){width:9.5rem;max-width:100%}aside label{overflow-wrap:anywhere}input[type=checkbox]{min-height:0;width:1.1rem;height:1.1rem}
summary{cursor:pointer;color:var(--soft);padding:.25rem 0}summary:hover{color:var(--here)}details[open]>summary{margin-bottom:.4rem}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .5rem .3rem 0;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top}
th{font-size:.8rem;font-weight:600;color:var(--soft)}td small{display:block}.scroll{overflow-x:auto}
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;margin:.4rem 0}dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;margin:.2rem 0 .6rem}.find{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:1rem}
.find input[type=search]{flex:1 1 14rem}
@media(max-width:45rem){main{padding:1rem .7rem}.strip{grid-auto-flow:row;gap:.35rem}.strip li:not([class]){display:none}
.strip li{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:center;text-align:left;font-size:.9rem}.strip li::before{display:none}.strip b{margin:0}.strip small{display:inline}}
@media(prefers-reduced-motion:no-preference){button,.strip b{transition:background .15s,border-color .15s}}
`);

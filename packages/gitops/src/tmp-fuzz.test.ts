import fc from 'fast-check';
import { test } from 'vitest';
import { parse } from 'yaml';
import { load } from 'js-yaml';
import { isDeepStrictEqual } from 'node:util';
import { execFileSync } from 'node:child_process';
import { emit } from './emit.ts';
import { texts, manifests, around } from '../../../test/emitter-samples.ts';
test('x', () => {
  const N=Number(process.env['N']??3000);
  const M = new Map([['/image', '{"$imagepolicy": "a:b"}']]);
  const objs=[...fc.sample(texts,{seed:Number(process.env['SEED']??1),numRuns:N}).map(t=>[around(t),M] as const), ...fc.sample(manifests,{seed:1+Number(process.env['SEED']??1),numRuns:N/4}).map(o=>[o,M] as const)];
  const docs=objs.map(([o,c])=>emit(o,c));
  const out=execFileSync('/tmp/goy',{input:docs.map(d=>JSON.stringify(d)).join('\n'),maxBuffer:1e10}).toString().split('\n');
  const seen: Record<string,number>={};
  objs.forEach(([o],i)=>{
    const want=JSON.parse(JSON.stringify(o)); const d=docs[i]!;
    const fail=(w:string,x:unknown)=>{ seen[w]=(seen[w]??0)+1; if(seen[w]<=6) console.log(w, JSON.stringify('text' in o? o['text']:o), '\n', JSON.stringify(d).slice(0,900), '\n', x===undefined?'':JSON.stringify(x).slice(0,900)); };
    const a=JSON.parse(out[i]!);
    if(!isDeepStrictEqual(a.read,want)) fail('go',a.readError??a.read);
    if(a.rewrite!==d) fail('kyaml',a.rewriteError??a.rewrite);
    for(const [n,f] of [['yaml1.2',()=>parse(d)],['yaml1.1',()=>parse(d,{version:'1.1'})],['js-yaml',()=>load(d)]] as const){ let r; try{r=f();}catch(e){fail(n,String(e));continue} if(!isDeepStrictEqual(r,want)) fail(n,r);}
    if (/\n\n$/.test(d)||!d.endsWith('\n')) fail('end',d);
  });
  console.log(seen, docs.length);
},600000);

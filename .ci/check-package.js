/**
 * Installs what `npm pack` makes into empty folders, as users do, and tries it: the command line,
 * the library in JavaScript and TypeScript, and the construct. node .ci/check-package.js SCRATCH
 * [NODE…], with the paths of other versions of Node to try it with.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const MOST_BYTES = 140e6;
const MOST_PACKAGES = 30;

const [scratch = '.', ...nodes] = process.argv.slice(2);
const otherNodes = nodes.map((node) => path.resolve(node));
const project = path.join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));

const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const say = (text) => process.stdout.write(`${text}\n`);

run(project, 'npm', 'pack', '--silent', '--pack-destination', path.resolve(scratch));
const tarball = path.resolve(scratch, `foreprint-${version}.tgz`);

/** An empty folder with the package in it. */
function install(name, ...args) {
  const folder = path.resolve(scratch, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  run(folder, 'npm', 'install', '--silent', '--no-audit', '--no-fund', ...args, tarball);
  return folder;
}

function write(folder, name, text) {
  writeFileSync(path.join(folder, name), text);
  return name;
}

for (const [name, ...args] of [['with-scripts'], ['without-scripts', '--ignore-scripts']]) {
  const folder = install(name, ...args);
  assert.equal(run(folder, 'npx', '--no-install', 'foreprint', '--version').trim(), version);
}
const user = path.resolve(scratch, 'without-scripts');

const modules = path.join(user, 'node_modules');
const packages = Object.keys(
  JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8')).packages,
).filter((folder) => existsSync(path.join(user, folder)));
const bytes = Number(run(user, 'du', '-sb', 'node_modules').split('\t')[0]);
say(`${packages.length} packages, ${(bytes / 1e6).toFixed(1)} MB`);
assert.ok(packages.length <= MOST_PACKAGES && bytes <= MOST_BYTES);
assert.ok(!existsSync(path.join(modules, 'onnxruntime-node')));
for (const folder of packages) {
  const { scripts = {} } = JSON.parse(
    readFileSync(path.join(user, folder, 'package.json'), 'utf8'),
  );
  const own = ['preinstall', 'install', 'postinstall'].filter((script) => script in scripts);
  assert.deepEqual(own, [], `${folder} runs nothing while it is installed`);
}

// Two applications of nine days, so that little is trained.
run(user, 'npx', 'foreprint', 'sample', '--out', 'all.csv', '--days', '9');
const [head, ...rows] = readFileSync(path.join(user, 'all.csv'), 'utf8').split('\n');
const few = rows.filter((row) => /^(shop-eu|mail-queue),/.test(row));
assert.ok(few.length > 1000);
write(user, 'few.csv', [head, ...few, ''].join('\n'));
const policies = 'foreprint,target-tracking-70';
const frontier = ['--knobs', 'foreprint=0.9;target-tracking-70=0.7'];
run(
  user,
  'npx',
  'foreprint',
  'replay',
  'few.csv',
  '--policies',
  policies,
  ...frontier,
  '--json',
  'r.json',
  '--quiet',
);
const replayed = JSON.parse(readFileSync(path.join(user, 'r.json'), 'utf8'));
assert.deepEqual(
  replayed.policies.map(({ name }) => name),
  policies.split(','),
);
assert.ok(readFileSync(path.join(user, 'report/index.html'), 'utf8').includes('<script'));
say('replayed a trace and wrote its report');

run(user, 'npx', 'foreprint', 'import', 'few.csv', '--quiet');
run(user, 'npx', 'foreprint', 'train', 'shop-eu', '--quiet');
const allocated = JSON.parse(
  run(user, 'npx', 'foreprint', 'allocate', 'shop-eu', '--json', '-', '--quiet'),
);
assert.equal(allocated.application_id, 'shop-eu');
assert.equal(allocated.reason.source, 'forecast');
// Without ONNX Runtime: the definition in the file answers.
assert.equal(allocated.reason.model_faults, undefined);
assert.ok(readdirSync(path.join(user, '.foreprint', 'models')).length > 0);
say(`allocated ${allocated.instances} instances from a trained model`);

const bin = path.join(modules, 'foreprint', 'bin', 'foreprint.js');
const server = spawn(process.execPath, [bin, 'serve', '--port', '0', '--no-record'], {
  cwd: user,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [said] = await once(server.stdout, 'data');
const url = /http:\S+/.exec(String(said))[0];
const read = async (route) => (await globalThis.fetch(url + route)).json();
// Fails where the server ended, as there is nobody to ask.
while ((await globalThis.fetch(`${url}/readyz`)).status !== 200) await delay(200);
const { value } = await read('/v1/keda/shop-eu');
assert.ok(value >= 1);
assert.match(await (await globalThis.fetch(url)).text(), /<script>/);
server.kill('SIGTERM');
assert.equal((await once(server, 'exit'))[0], 0);
say(`the server answered ${value} and ended`);

const TRY_LIBRARY = `
import { decide, detect, forecast, replay, train } from 'foreprint';
const values = Array.from({ length: 24 * 21 }, (_, hour) => 10 + 5 * Math.sin((hour / 24) * 2 * Math.PI) + (hour % 7) / 10);
const series = { values, startSeconds: 1_767_225_600, stepSeconds: 3600 };
const { quantiles, levels } = await forecast(series, { horizon: 6, levels: [0.1, 0.5, 0.9] });
if (quantiles.length !== 6 || quantiles[0]?.length !== levels.length) throw new Error('forecast');
const trained = await train(series, { horizon: 6 });
if (trained.kind !== 'trained' || (await trained.forecast(series)).quantiles.length !== 6) throw new Error('train');
const scores = detect({ ...series, values: [...values, 1000] });
if (!(scores.at(-1)!.score > 0)) throw new Error('detect');
const { instances } = await decide({ ...series, usage: { cpu: values }, instance: { cpu: 2 }, currentInstances: 5, maxInstances: 40 });
if (!(instances > 1 && instances < 40)) throw new Error('decide');
const fleet = await replay({ ...series, applications: [{ applicationId: 'a', usage: { cpu: values } }] });
if (fleet.policies.length !== 2) throw new Error('replay');
console.log(instances + ' instances; ' + fleet.policies.map((policy) => policy.name).join(', '));
`;
const js = write(user, 'library.js', TRY_LIBRARY.replaceAll('!.', '.'));
say(run(user, process.execPath, js).trim());
for (const node of otherNodes) {
  const bin = path.join('node_modules', 'foreprint', 'bin', 'foreprint.js');
  assert.equal(run(user, node, bin, '--version').trim(), version);
  run(user, node, js);
  say(`the same under ${run(user, node, '--version').trim()}`);
}

const TSC = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc');
/** Checks one file with tsc, the declarations of packages included. */
function check(file, types) {
  const strict = { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types };
  const options = { compilerOptions: { ...strict, lib: ['es2023', 'dom'] }, files: [file] };
  run(user, process.execPath, TSC, '-p', write(user, 'tsconfig.json', JSON.stringify(options)));
}

write(user, 'library.ts', TRY_LIBRARY);
check('library.ts', []);
say('the library has types');

const peers = ['aws-cdk-lib', 'constructs', '@types/node'];
const own = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')).devDependencies;
const wanted = [...peers, 'onnxruntime-node'].map((name) => `${name}@${own[name]}`);
run(user, 'npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted);
const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { AmazonLinuxImage, InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Foreprint, type ForeprintProps } from 'foreprint/cdk';
const props: ForeprintProps = { mode: 'observe', emails: ['someone@example.com'] };
const stack = new Stack(new App({ outdir: 'cdk.out' }), 'Shop');
const group = new AutoScalingGroup(stack, 'Web', {
  vpc: new Vpc(stack, 'Vpc'),
  instanceType: new InstanceType('m7g.large'),
  machineImage: new AmazonLinuxImage(),
});
new Foreprint(stack, 'Foreprint', props).manage(group, { mode: 'scale-out', type: 'web' });
(stack.node.root as App).synth();
`;
write(user, 'app.ts', APP);
check('app.ts', ['node']);
const app = APP.replace('type ForeprintProps', '')
  .replace(': ForeprintProps', '')
  .replace(' as App', '');
run(user, process.execPath, write(user, 'app.js', app));
const template = readFileSync(path.join(user, 'cdk.out', 'Shop.template.json'), 'utf8');
assert.match(template, /"foreprint:mode"/);
assert.equal(template.match(/"AWS::Lambda::LayerVersion"/g)?.length, 1);
say('a CDK app with a managed group was synthesised');

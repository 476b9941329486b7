// Holds custom resources against the schemas of their definitions. In: one JSON object a line. Out: one fault a line.
// The schemas are those of the packages @kubernetes-models/*, which are made from the definitions; they do not mind fields that they
// do not know, so whatever of an object they never looked at is a fault too.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [modules] = process.argv.slice(2);
const packages = {
  "cert-manager.io/v1": ["cert-manager", "ComGithubCertManagerCertManagerPkgApisCertmanagerV1"],
  "monitoring.coreos.com/v1": ["prometheus-operator", "ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1"],
};

const watched = (value, path, seen) => value === null || typeof value !== "object" ? value : new Proxy(value, {
  get(target, key) {
    const at = `${path}/${String(key)}`;
    seen.add(at);
    return watched(Reflect.get(target, key), at, seen);
  },
  ownKeys(target) {
    const keys = Reflect.ownKeys(target);
    keys.forEach(key => seen.add(`${path}/${String(key)}`));
    return keys;
  },
});

function* unseen(value, path, seen) {
  if (value === null || typeof value !== "object") {
    return;
  }

  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}/${key}`;
    if (seen.has(at)) {
      yield* unseen(inner, at, seen);
    } else {
      yield at;
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const found = JSON.parse(line);
  const [folder, prefix] = packages[found.apiVersion];
  const { validate } = await import(pathToFileURL(`${modules}/@kubernetes-models/${folder}/_schemas/${prefix}${found.kind}.js`));
  const seen = new Set();
  validate(watched(found, "", seen));
  const name = `${found.kind}/${found.metadata?.name}`;
  (validate.errors ?? []).forEach(error => console.log(`${name}: ${error.instancePath} ${error.message ?? `${error.keyword} ${JSON.stringify(error.params)}`}`));
  for (const path of unseen(found, "", seen)) {
    console.log(`${name}: there is no ${path}`);
  }
}

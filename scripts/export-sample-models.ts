import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';

/**
 * Writes one model file of every family and one of the selected model, for
 * `scripts/check-onnx.py`.
 */
async function exportSampleModels(directory: string): Promise<void> {
  const shape = {
    stepSeconds: 3600,
    context: 336,
    horizon: 72,
    levels: [0.05, 0.25, 0.5, 0.75, 0.95],
  };
  const values = Float64Array.from({ length: 1344 }, (_, k) => {
    return Math.max(0, 10 + 5 * Math.sin((2 * Math.PI * k) / 24) + 3 * Math.sin(k * k));
  });
  const series = { startSeconds: 1_375_315_200, stepSeconds: 3600, values };
  const candidates = [...DEFAULT_FAMILIES.map((family) => [family]), DEFAULT_FAMILIES];
  await makeDirectory(directory);
  for (const families of candidates) {
    const result = trainModel(series, shape, {
      resource: 'cpu',
      unit: 'cores',
      origins: 12,
      families,
    });
    if (result.kind !== 'trained') throw new Error(result.reason);
    const name = families.length === 1 ? families[0]!.name : 'selected';
    await writeFile(join(directory, `${name}.onnx`), result.onnx);
  }
}

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('usage: npx tsx scripts/export-sample-models.ts DIRECTORY\n');
  process.exitCode = 2;
} else {
  await exportSampleModels(directory);
}

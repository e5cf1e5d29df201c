import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildLayer } from '#layers/onnxruntime/build-layer.ts';

/** The content of the onnxruntime layer, copied from node_modules at synthesis. */
export function onnxruntimeCode(): Code {
  return Code.fromAsset(fileURLToPath(new URL('../../layers/onnxruntime', import.meta.url)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (directory) => {
          buildLayer(directory);
          return true;
        },
      },
    },
  });
}

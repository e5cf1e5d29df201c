import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import {
  buildLayer,
  onnxruntimePackage,
  type LayerArchitecture,
} from '#layers/onnxruntime/build-layer.ts';

/** The content of the onnxruntime layer, copied from node_modules at synthesis. */
export function onnxruntimeCode(architecture: LayerArchitecture): Code {
  return Code.fromAsset(onnxruntimePackage(), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used. The command distinguishes the architectures.
      image: DockerImage.fromRegistry('none'),
      command: [architecture],
      local: {
        tryBundle: (directory) => {
          buildLayer(directory, architecture);
          return true;
        },
      },
    },
  });
}

/**
 * ONNX Runtime, loaded when it is needed: the library is large, and models of ours are asked by
 * their definitions.
 */
export const onnxruntime = () => import('onnxruntime-node');

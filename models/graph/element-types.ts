/** Element types of TensorProto.DataType that are used here. */
export const FLOAT = 1;
export const UINT8 = 2;
export const UINT16 = 4;
export const INT32 = 6;
export const FLOAT16 = 10;
export const INT64 = 7;

/** Kinds of AttributeProto.AttributeType that are used here. */
export const ATTRIBUTE_INT = 2;
export const ATTRIBUTE_INTS = 7;

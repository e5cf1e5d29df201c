import { endFiles } from './end-of-file.ts';

endFiles();

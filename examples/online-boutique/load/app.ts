// The team that tests under load: customers that are none.
import { Worker } from '@strake/components';
import { Application, from } from '@strake/core';
import { OnlineBoutique } from '../boutique/app.ts';
import { released } from '../boutique/images.ts';

export class Load extends Application {
  readonly generator = new Worker(this, 'loadgenerator', {
    image: released('loadgenerator'),
    env: { USERS: '10', RATE: '1' },
  }).connectTo(from(OnlineBoutique).frontend, { env: 'FRONTEND_ADDR' });
}

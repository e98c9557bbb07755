import { WebService } from '@strake/components';
import { Application } from '@strake/core';

// Application developers say here what runs, and what calls what.
export class __Name__ extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'nginxdemos/hello:0.4',
    ports: { http: 80 },
  });
}

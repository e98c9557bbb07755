// Application developers: ten services and a Redis, and who calls whom.
import { WebService } from '@strake/components';
import { Application } from '@strake/core';
import { released } from './images.ts';

export class OnlineBoutique extends Application {
  readonly ads = new WebService(this, 'adservice', {
    image: released('adservice'),
    ports: { grpc: 9555 },
    env: { PORT: '9555' },
  });

  readonly currency = new WebService(this, 'currencyservice', {
    image: released('currencyservice'),
    ports: { grpc: 7000 },
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
  });

  readonly email = new WebService(this, 'emailservice', {
    image: released('emailservice'),
    ports: { grpc: { port: 5000, containerPort: 8080 } },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
  });

  readonly payment = new WebService(this, 'paymentservice', {
    image: released('paymentservice'),
    ports: { grpc: 50_051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });

  readonly shipping = new WebService(this, 'shippingservice', {
    image: released('shippingservice'),
    ports: { grpc: 50_051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });

  readonly productCatalog = new WebService(this, 'productcatalogservice', {
    image: released('productcatalogservice'),
    ports: { grpc: 3550 },
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
  });

  readonly redis = new WebService(this, 'redis-cart', {
    image: 'redis:8.2.1-alpine',
    ports: { 'tcp-redis': 6379 },
  });

  readonly cart = new WebService(this, 'cartservice', {
    image: released('cartservice'),
    ports: { grpc: 7070 },
  }).connectTo(this.redis, { env: 'REDIS_ADDR' });

  readonly recommendation = new WebService(this, 'recommendationservice', {
    image: released('recommendationservice'),
    ports: { grpc: 8080 },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
  }).connectTo(this.productCatalog, { env: 'PRODUCT_CATALOG_SERVICE_ADDR' });

  readonly checkout = new WebService(this, 'checkoutservice', {
    image: released('checkoutservice'),
    ports: { grpc: 5050 },
    env: { PORT: '5050' },
  })
    .connectTo(this.productCatalog, { env: 'PRODUCT_CATALOG_SERVICE_ADDR' })
    .connectTo(this.shipping, { env: 'SHIPPING_SERVICE_ADDR' })
    .connectTo(this.payment, { env: 'PAYMENT_SERVICE_ADDR' })
    .connectTo(this.email, { env: 'EMAIL_SERVICE_ADDR' })
    .connectTo(this.currency, { env: 'CURRENCY_SERVICE_ADDR' })
    .connectTo(this.cart, { env: 'CART_SERVICE_ADDR' });

  readonly frontend = new WebService(this, 'frontend', {
    image: released('frontend'),
    ports: { http: { port: 80, containerPort: 8080 } },
    env: {
      PORT: '8080',
      ENABLE_PROFILER: '0',
      // The frontend does not start without this variable, though the assistant is no part of the shop.
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
    },
  })
    .connectTo(this.productCatalog, { env: 'PRODUCT_CATALOG_SERVICE_ADDR' })
    .connectTo(this.currency, { env: 'CURRENCY_SERVICE_ADDR' })
    .connectTo(this.cart, { env: 'CART_SERVICE_ADDR' })
    .connectTo(this.recommendation, { env: 'RECOMMENDATION_SERVICE_ADDR' })
    .connectTo(this.shipping, { env: 'SHIPPING_SERVICE_ADDR' })
    .connectTo(this.checkout, { env: 'CHECKOUT_SERVICE_ADDR' })
    .connectTo(this.ads, { env: 'AD_SERVICE_ADDR' });
}

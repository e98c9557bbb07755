// What `strake synth` on the cart is compared with: the least that any program with cdk8s does.
import 'cdk8s';
